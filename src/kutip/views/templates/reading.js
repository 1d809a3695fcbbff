(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  if (!document.querySelector("#card")) return;  // a page without articles
  // Attributions: each note holds one
  const marks = new Map();
  for (const mark of all("mark[data-a]")) {
    for (const key of mark.dataset.a.split(" ")) {
      if (marks.has(key)) marks.get(key).push(mark);
      else marks.set(key, [mark]);
    }
  }
  const lines = new Map(all(".speaker li").map((li) => [li.dataset.key, li]));
  const notes = all(".note").map((element) => {
    const article = element.closest(".article");
    const key = element.dataset.key;
    const said = [element.querySelector(".words").textContent, element.dataset.speaker, element.dataset.outlet,
      article.querySelector("header .headline").textContent].join("\n");
    return { key, element, article, said: fold(said), marks: marks.get(key) ?? [], line: lines.get(key),
      ref: document.getElementById("r-" + key), shown: true,
      length: element.querySelector(".words").textContent.length };
  });
  const byKey = new Map(notes.map((note) => [note.key, note]));
  let picked = null;

  const light = (note, on) => {
    for (const e of [...note.marks, note.ref]) e?.classList.toggle("on", on);
    if (!note.line) return;
    if (on) note.line.setAttribute("aria-current", "true");
    else note.line.removeAttribute("aria-current");
  };
  const put = (note) => {
    const card = one("#card");
    const copy = note.element.cloneNode(true);
    copy.removeAttribute("id");
    card.replaceChildren(...copy.childNodes);
    one("#detail").scrollTop = 0;
  };
  const address = (hash) => { try { history.replaceState(null, "", hash || "#"); } catch { /* not allowed here */ } };
  const pick = (note, move = true) => {
    if (picked) light(picked, false);
    picked = note;
    root.classList.toggle("picked", Boolean(note));
    if (!note) return;
    light(note, true);
    put(note);
    address("#" + note.element.dataset.id);
    const at = note.marks[0] ?? note.element;
    for (let e = at.closest("details"); e; e = e.parentElement.closest("details")) e.open = true;
    if (move) {
      at.scrollIntoView({ block: window.innerWidth < 768 ? "start" : "center" });
      note.ref?.focus({ preventScroll: true });
    }
  };
  const step = (by) => {
    const open = notes.filter((note) => note.shown && note.ref);
    if (!open.length) return;
    let at = open.indexOf(picked);
    if (at < 0) {
      const below = open.findIndex((note) => note.ref.getBoundingClientRect().top > 0);
      at = below < 0 ? open.length - 1 : by > 0 ? below - 1 : below;
    }
    pick(open[Math.min(Math.max(at + by, 0), open.length - 1)]);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#r-"], a.ref');
    if (link) {
      const note = byKey.get(link.getAttribute("href").slice(3));
      if (!note) return;
      event.preventDefault();
      pick(note, !link.classList.contains("ref"));
      if (link.closest(".side")) menu(false);
      return;
    }
    const mark = event.target.closest("mark[data-a]");
    if (!mark || String(getSelection())) return;
    const here = mark.dataset.a.split(" ").map((key) => byKey.get(key)).filter((note) => note?.shown);
    here.sort((a, b) => a.length - b.length);  // nested: the inner one first, the next with each further click
    if (here.length) pick(here[(here.indexOf(picked) + 1) % here.length], false);
  });

  // Filters
  const form = one(".filters");
  const ask = () => {
    const asked = Object.fromEntries(new FormData(form));
    const find = fold(asked.find).split(/\s+/).filter(Boolean);
    const active = Boolean(find.length || asked.speaker || asked.outlet || asked.kind || asked.force);
    const counts = new Map();
    for (const note of notes) {
      const data = note.element.dataset;
      note.shown = ["speaker", "outlet", "kind", "force"].every((f) => !asked[f] || data[f] === asked[f])
        && find.every((word) => note.said.includes(word));
      note.element.hidden = !note.shown;
      if (note.shown) counts.set(note.article, (counts.get(note.article) ?? 0) + 1);
      if (note.line) note.line.hidden = !note.shown;
      note.ref?.classList.toggle("dim", !note.shown);
    }
    for (const mark of all("mark[data-a]")) {
      mark.classList.toggle("dim", !mark.dataset.a.split(" ").some((key) => byKey.get(key)?.shown));
    }
    for (const article of all(".article")) {
      const count = counts.get(article) ?? 0;
      article.hidden = active && !count;
      const shown = article.querySelector(".notes .count");
      if (shown) shown.textContent = count;
    }
    for (const speaker of all(".speaker")) {
      const count = all("li", speaker).filter((li) => !li.hidden).length;
      speaker.hidden = !count;
      speaker.querySelector(".count").textContent = count;
    }
    const visible = notes.filter((note) => note.shown && note.line).length;
    one("#visible").textContent = visible;
    one("#no-match").hidden = !active || counts.size > 0;
    if (picked && !picked.shown) pick(null);
  };
  form.addEventListener("input", ask);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(ask));
  ask();

  // Buttons and keys
  const menu = (open) => {
    one("#side").classList.toggle("open", open);
    one("#menu").setAttribute("aria-expanded", String(open));
  };
  one("#menu").addEventListener("click", () => menu(one("#menu").getAttribute("aria-expanded") !== "true"));
  one("#previous").addEventListener("click", () => step(-1));
  one("#next").addEventListener("click", () => step(1));
  one("#close").addEventListener("click", () => pick(null));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "Escape") {
      if (typing) typing.blur();
      else pick(null);
    } else if (!typing && (event.key === "j" || event.key === "k")) {
      step(event.key === "j" ? 1 : -1);
    } else if (!typing && event.key === "/") {
      event.preventDefault();
      menu(true);
      one("#find").focus();
    }
  });
  // A link that ends in the id of an attribution opens it
  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const note = notes.find((n) => n.element.dataset.id === id && n.shown);
    if (note && note !== picked) pick(note);
  };
  window.addEventListener("hashchange", follow);
  follow();

  window.addEventListener("beforeprint", () => { for (const e of all("details.notes")) e.open = true; });
})();
