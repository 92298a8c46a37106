vcl 4.1;

# Varnish before CryptoNewsHub: docs/how-to/behind-a-cache.md. Copy to /etc/varnish/default.vcl; change the newsroom's port if
# it is another. On Debian: apt install varnish varnish-modules.

import std;
import xkey;

# `cnh serve` on this machine, with CNH_CACHES="varnish http://127.0.0.1:6081" and CNH_BEHIND_PROXY=yes.
backend newsroom {
    .host = "127.0.0.1";
    .port = "8000";
    .connect_timeout = 2s;
    .first_byte_timeout = 65s;
    .probe = {
        .url = "/healthz";
        .interval = 5s;
        .timeout = 2s;
        .initial = 3;
    }
}

# Who may purge: the machine on which `cnh serve` runs.
acl neighbours {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    # The newsroom's server, like any that speaks WSGI, cannot tell these from the one that we write.
    unset req.http.X_Forwarded_For;
    unset req.http.X_Forwarded-For;
    unset req.http.X-Forwarded_For;
    if (req.method == "PURGE") {
        # Where a program for TLS stands before us on the same machine, its readers are no neighbours: they were forwarded.
        if (client.ip !~ neighbours || req.http.X-Forwarded-For != "" + client.ip) {
            return (synth(405, "Purged By The Newsroom Alone"));
        }
        if (!req.http.Surrogate-Key) {
            return (synth(400, "Name The Surrogate-Key"));
        }
        set req.http.X-Purged = xkey.purge(req.http.Surrogate-Key);
        return (synth(200, "Purged " + req.http.X-Purged));
    }
    # What the newsroom's other process answers is never kept.
    if (req.url ~ "^/(admin|static|uploads|search|comments|readyz|healthz)(/|\?|$)") {
        return (pass);
    }
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # Pages are the same for everybody, and no question after an address changes one.
    unset req.http.Cookie;
    unset req.http.Authorization;
    set req.url = regsub(req.url, "\?.*$", "");
    # While the newsroom answers, nothing is shown beyond its time; when it is away, readers read on.
    if (std.healthy(req.backend_hint)) {
        set req.grace = 0s;
    }
    return (hash);
}

sub vcl_backend_response {
    set beresp.http.xkey = beresp.http.Surrogate-Key;
    # The newsroom says what may be kept although browsers ask each time: it is purged when it changes.
    if (beresp.http.Surrogate-Control ~ "max-age=\d+" && (beresp.status == 200 || beresp.status == 410)) {
        set beresp.ttl = std.duration(regsub(beresp.http.Surrogate-Control, ".*max-age=(\d+).*", "\1") + "s", 0s);
        set beresp.grace = 24h;  # of what was not purged
        return (deliver);
    }
    set beresp.grace = 0s;
}

sub vcl_deliver {
    unset resp.http.xkey;
    unset resp.http.Surrogate-Key;
    unset resp.http.Surrogate-Control;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
    # Browsers ask each time, so that how long we have kept a page is none of their business.
    unset resp.http.Age;
}
