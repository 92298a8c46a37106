// Shows a citation in the editor: the source's key in brackets, as one piece that can be deleted but not mistyped.
(function () {
  const { createElement } = window.React;

  function Citation(props) {
    const data = props.contentState.getEntity(props.entityKey).getData();
    return createElement(
      "span",
      { className: "w-text-text-link-default", title: `This sentence cites the source “${data.source}”.` },
      props.children,
    );
  }

  window.draftail.registerPlugin({ type: "SOURCE", source: null, decorator: Citation }, "entityTypes");
})();
