// Keys on all pages of a record, and the help.
(() => {
  "use strict";
  const all = (selector) => [...document.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  const help = one("#help");
  if (!help) return;
  one("#help-open").addEventListener("click", () => help.showModal());

  const step = (by) => {
    const items = all("[data-item]").filter((item) => item.checkVisibility?.() ?? true);
    if (!items.length) return;
    let at = items.findIndex((item) => item.classList.contains("here"));
    if (at < 0) {
      const below = items.findIndex((item) => item.getBoundingClientRect().top > -1);
      at = below < 0 ? items.length - 1 : by > 0 ? below - 1 : below;
    }
    const next = items[Math.min(Math.max(at + by, 0), items.length - 1)];
    for (const item of items) item.classList.toggle("here", item === next);
    next.scrollIntoView({ block: "nearest" });
    (next.matches("a") ? next : next.querySelector("a.open"))?.focus({ preventScroll: true });
  };
  const reading = Boolean(one("main .article"));  // there the keys go from mark to mark
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.target.closest("input, select, textarea")) return;
    if (event.key === "?") help.showModal();
    else if (event.key === "g") location.href = one(".brand").href;
    else if (reading) return;
    else if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
    else if (event.key === "Escape") for (const item of all(".here")) item.classList.remove("here");
    else if (event.key === "/") {
      const field = one("form.find input");
      if (!field) { location.href = one('.places a[href$="search.html"]').href; return; }
      event.preventDefault();
      field.focus();
      field.select();
    }
  });

  // Fields that ask nothing need not stand in the address
  for (const form of all("form.find")) {
    form.addEventListener("submit", () => {
      for (const field of form.elements) if (field.name && !field.value.trim()) field.disabled = true;
      setTimeout(() => { for (const field of form.elements) field.disabled = false; });
    });
  }
})();
