// Citing a source at a sentence, from the toolbar of the text or by typing “/source”: the sources that the story
// attaches are listed by their titles, and the one that is chosen is set as one piece after the cursor.
(function () {
  const { createElement, Component } = window.React;
  const { EditorState, Modifier, SelectionState } = window.DraftJS;

  function Citation(props) {
    const { source } = props.contentState.getEntity(props.entityKey).getData();
    const known = window.attachedSources().find((each) => each.key === source);
    return createElement(
      "span",
      { className: "story-citation", title: `Cites ${known ? known.title : `“${source}”`}. Click to change it.`, onMouseUp: () => props.onEdit(props.entityKey) },
      props.children,
    );
  }

  class CitationSource extends Component {
    componentDidMount() {
      this.dialog = dialog(this.cited(), (key) => this.choose(key), () => this.props.onClose());
    }

    componentWillUnmount() {
      this.dialog.remove();
    }

    cited() {
      return this.props.entity ? this.props.entity.getData().source : null;
    }

    /** Sets the citation; without a key the one that was there is taken out. */
    choose(key) {
      const { editorState, entityKey, onComplete } = this.props;
      let content = editorState.getCurrentContent();
      const range = entityKey ? rangeOf(content, entityKey) : endOf(editorState.getSelection());
      let entity = null;
      if (key) {
        content = content.createEntity("SOURCE", "IMMUTABLE", { source: key });
        entity = content.getLastCreatedEntityKey();
      }
      content = Modifier.replaceText(content, range, key ? `[${key}]` : "", null, entity);
      onComplete(EditorState.push(editorState, content, "insert-characters"));
    }

    render() {
      return null;
    }
  }

  function endOf(selection) {
    const key = selection.getEndKey();
    const offset = selection.getEndOffset();
    return SelectionState.createEmpty(key).merge({ anchorOffset: offset, focusOffset: offset });
  }

  function rangeOf(content, entityKey) {
    let range = null;
    content.getBlocksAsArray().forEach((block) => {
      block.findEntityRanges(
        (character) => character.getEntity() === entityKey,
        (anchorOffset, focusOffset) => {
          range = SelectionState.createEmpty(block.getKey()).merge({ anchorOffset, focusOffset });
        },
      );
    });
    return range;
  }

  function dialog(cited, choose, close) {
    const sources = window.attachedSources();
    const made = make("dialog", { class: "story-dialog", "aria-labelledby": "story-citation-title" });
    const finish = (act) => {
      made.dataset.done = "yes";
      made.close();
      act();
    };
    made.append(
      make("h2", { id: "story-citation-title" }, cited ? "Change the citation" : "Cite a source here"),
      sources.length
        ? make("ul", {}, ...sources.map((source) => make("li", {}, choice(source, cited, () => finish(() => choose(source.key))))))
        : make("p", {}, "The story attaches no source yet. Attach one under “Sources” or in the Desk panel; it is listed here as soon as it has a short name."),
      make(
        "div",
        { class: "story-dialog__acts" },
        cited ? act("Take the citation out", () => finish(() => choose(null))) : "",
        act("Cancel", () => finish(close)),
      ),
    );
    made.addEventListener("close", () => {
      if (!made.dataset.done) close();
    });
    document.body.append(made);
    made.showModal();
    return made;
  }

  function choice(source, cited, onclick) {
    const made = make("button", { type: "button", class: "story-choice", "aria-current": String(source.key === cited) }, source.title, make("span", { class: "story-choice__from" }, `${source.origin} (“${source.key}”)`.trim()));
    made.addEventListener("click", onclick);
    return made;
  }

  function act(label, onclick) {
    const made = make("button", { type: "button", class: "button button-small button-secondary" }, label);
    made.addEventListener("click", onclick);
    return made;
  }

  function make(tag, attributes, ...children) {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    made.append(...children);
    return made;
  }

  window.draftail.registerPlugin({ type: "SOURCE", source: CitationSource, decorator: Citation }, "entityTypes");
})();
