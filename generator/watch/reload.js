// Loads the page again when the archive has changed since it was made. A page
// that nobody looks at holds no connection open.
(() => {
  const { version, events } = document.currentScript.dataset;
  let source;
  const listen = () => {
    if (document.hidden || source) return;
    source = new EventSource(events);
    source.onmessage = (message) => {
      if (message.data !== version) location.reload();
    };
  };
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return listen();
    source?.close();
    source = undefined;
  });
  listen();
})();
