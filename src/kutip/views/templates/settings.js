// Language and appearance of a page, as its reader chose them last.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  const dates = JSON.parse(one("#words").textContent);  // of this page, or all of its words
  const shared = window.kutipWords ?? {};  // of all pages, where they stand in a file of their own
  const words = Object.fromEntries(Object.keys(dates).map((code) => [code, { ...shared[code], ...dates[code] }]));
  const remembered = {
    get: (key) => { try { return localStorage.getItem("kutip." + key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem("kutip." + key, value); } catch { /* not allowed: forgotten */ } },
  };
  root.classList.add("js");

  // Language and appearance
  const speak = (code) => {
    const table = words[code];
    if (!table) return;
    root.lang = code;
    for (const e of all("[data-t]")) e.textContent = table[e.dataset.t] ?? e.textContent;
    for (const e of all("[data-t-label]")) e.setAttribute("aria-label", table[e.dataset.tLabel]);
    for (const e of all("[data-t-placeholder]")) e.placeholder = table[e.dataset.tPlaceholder];
    const written = new Intl.NumberFormat(code);
    for (const e of all("[data-n]")) e.textContent = written.format(e.dataset.n);
  };
  const setting = (id, apply) => {
    const select = one("#" + id);
    const kept = remembered.get(id);
    if (kept && all("option", select).some((o) => o.value === kept)) {
      select.value = kept;
      apply(kept);
    }
    select.addEventListener("change", () => { apply(select.value); remembered.set(id, select.value); });
  };
  setting("language", speak);
  setting("theme", (value) => { root.dataset.theme = value; });
})();
