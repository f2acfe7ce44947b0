// Runs in every frame before the page's own code: takes away the calls that outlive a page or can write.
(() => {
  const fix = (owner, name, value) => {
    try {
      Object.defineProperty(owner, name, { value, writable: false, configurable: false });
    } catch {
      // Already fixed, or not there in this browser.
    }
  };
  const reads = (method) => ["GET", "HEAD", "OPTIONS"].includes(String(method || "GET").toUpperCase());
  // Speculation rules make the browser itself fetch pages ahead, past every other lock: take them out as they appear.
  const rules = "script[type='speculationrules' i]";
  const drop = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.matches(rules)) node.remove();
    for (const found of node.querySelectorAll(rules)) found.remove();
    if (node.shadowRoot) watch(node.shadowRoot);
  };
  const observer = new MutationObserver((records) => {
    for (const record of records) {
      for (const node of record.addedNodes) drop(node);
      if (record.type === "attributes") drop(record.target);
    }
  });
  const watch = (root) => {
    observer.observe(root, { subtree: true, childList: true, attributeFilter: ["type"] });
    for (const found of root.querySelectorAll(rules)) found.remove();
  };
  watch(document);
  const plainShadow = Element.prototype.attachShadow;
  fix(Element.prototype, "attachShadow", function attachShadow(init) {
    const root = plainShadow.call(this, init);
    watch(root);
    return root;
  });
  // For how long the page has stood still, so that a reader need not wait anew.
  let changed = performance.now();
  const everything = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver(() => { changed = performance.now(); }).observe(document, everything);
  fix(window, "__readOnlyStill", () => performance.now() - changed);
  const refused = [];
  const note = (kind, address) => {
    const { host, pathname } = new URL(address, document.baseURI);
    refused.push([kind, host, pathname]);
  };
  fix(window, "__readOnlyRefused", () => refused.slice());
  const gone = [
    "fetchLater", "Worker", "SharedWorker", "WebSocket", "RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel",
    "WebTransport", "WebSocketStream", "Notification", "PushManager",
  ];
  for (const name of gone) fix(window, name, undefined);
  fix(Navigator.prototype, "sendBeacon", (address) => {
    note("beacon", address);
    return true;
  });
  const plainFetch = window.fetch;
  const PlainRequest = window.Request;
  fix(window, "fetch", (input, init) => {
    let request;
    try {
      request = new PlainRequest(input, init);
    } catch (error) {
      return Promise.reject(error);
    }
    if (!reads(request.method)) {
      note("fetch", request.url);
      return Promise.reject(new TypeError("read-only session"));
    }
    return plainFetch(new PlainRequest(request, { keepalive: false }));
  });
  const plainOpen = XMLHttpRequest.prototype.open;
  fix(XMLHttpRequest.prototype, "open", function open(method, address, ...rest) {
    if (!reads(method)) {
      note("fetch", address);
      throw new DOMException("read-only session", "NetworkError");
    }
    return plainOpen.call(this, method, address, ...rest);
  });
})();
