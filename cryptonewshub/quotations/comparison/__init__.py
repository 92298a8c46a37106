"""A quotation's words beside a source's: where they stand, how they differ, what that means."""
