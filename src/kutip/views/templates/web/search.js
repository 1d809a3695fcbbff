// Search in the files of a site: statements come in shards, the latest first, and are looked at one by one.
(() => {
  "use strict";
  const one = (selector) => document.querySelector(selector);
  const list = one("#results");
  const PAGE = 50, TOP = 12;
  const FIELDS = ["id", "day", "speaker", "speaker_id", "role", "kind", "force", "negated", "conditional", "content",
    "source", "to", "via", "outlet", "headline", "article", "lang"];
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const tokens = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

  // Other forms of a word, and what a text must hold for it: its beginning is enough, or it must end there too
  const groups = new Map();
  for (const group of window.kutipForms ?? []) for (const form of group) groups.set(form, [...(groups.get(form) ?? []), ...group]);
  const known = (s) => (window.kutipSpeakers ?? {})[s.speaker_id] ?? s.speaker;
  const forms = (word) => (/^\p{L}{4,}$/u.test(word) ? groups.get(fold(word)) ?? [] : []).filter((form) => form !== fold(word)).slice(0, 40);
  const beginning = (words, open) => " " + tokens(words).join(" ") + (open ? "" : " ");

  // What is asked
  const form = one("#search");
  const given = [...new URLSearchParams(location.search)];
  const asked = Object.fromEntries(given.filter(([name, value]) => form.elements[name] && value.trim()));
  for (const [name, value] of Object.entries(asked)) form.elements[name].value = value;
  if (Object.keys(asked).some((name) => name !== "about" && name !== "speaker")) one("#more-filters").open = true;
  const terms = [...(asked.about ?? "").matchAll(/"([^"]*)"|([^\s"]+)/g)].map(([, phrase, word]) => {
    if (phrase !== undefined) return [beginning(phrase, false)];
    return word.split("|").flatMap((part) => [part, ...forms(part)]).map((part) => beginning(part, /^\p{L}{4,}$/u.test(part)));
  }).map((either) => either.filter((text) => text.trim())).filter((either) => either.length);
  const holds = (text, part) => { const folded = fold(text ?? ""); return fold(part).split(/\s+/).every((w) => folded.includes(w)); };
  const answers = (s) => {
    if (asked.speaker && s.speaker_id !== asked.speaker) return false;
    if (asked.kind && s.kind !== asked.kind) return false;
    if (asked.force && s.force !== asked.force) return false;
    if (asked.by && !(s.speaker && holds(s.speaker, asked.by))) return false;
    if (asked.in && !(s.outlet && holds(s.outlet, asked.in))) return false;
    if (asked.to && !(s.to && holds(s.to, asked.to))) return false;
    if (asked.via && !s.via.some((name) => holds(name, asked.via))) return false;
    if (asked.since && !(s.day && s.day >= asked.since)) return false;
    if (asked.until && !(s.day && s.day <= asked.until + "~")) return false;
    if (!terms.length) return !asked.about;
    const said = " " + tokens(s.content).join(" ") + " ";
    return terms.every((either) => either.some((text) => said.includes(text)));
  };
  const link = (changes) => {
    const query = new URLSearchParams({ ...asked, ...changes });
    for (const [name, value] of [...query]) if (!value) query.delete(name);
    return "search.html?" + query;
  };

  // What is shown: elements with text, never markup
  const make = (tag, given = {}, ...children) => {
    const { dataset, ...rest } = given;
    const element = Object.assign(document.createElement(tag), rest);
    Object.assign(element.dataset, dataset);
    element.append(...children.filter((child) => child !== null && child !== ""));
    return element;
  };
  const tongue = () => document.documentElement.lang;
  const word = (key) => make("span", { textContent: window.kutipWords[tongue()][key], dataset: { t: key } });
  const number = (value) => make("span", { textContent: new Intl.NumberFormat(tongue()).format(value), dataset: { n: value } });
  const date = (day) => {
    if (!day) return word("ui.no_date");
    const parts = { 4: { year: "numeric" }, 7: { year: "numeric", month: "long" } }[day.length] ?? { dateStyle: "long" };
    const written = new Intl.DateTimeFormat(tongue(), { ...parts, timeZone: "UTC" }).format(new Date(day));
    return make("time", { dateTime: day, textContent: written });
  };
  const marked = (content) => {
    const starts = terms.flat().flatMap((text) => text.trim().split(" ").map((w) => ({ w, whole: text.endsWith(" ") })));
    const pieces = [];
    let at = 0;
    for (const found of starts.length ? content.matchAll(/[\p{L}\p{M}\p{N}]+/gu) : []) {
      const folded = fold(found[0]);
      if (!starts.some(({ w, whole }) => (whole ? folded === w : folded.startsWith(w)))) continue;
      pieces.push(content.slice(at, found.index), make("mark", { className: "hit", textContent: found[0] }));
      at = found.index + found[0].length;
    }
    return [...pieces, content.slice(at)];
  };
  const show = (s) => {
    const name = s.speaker
      ? make("a", { href: `speaker/${s.speaker_id}.html` }, make("bdi", { textContent: known(s) }))
      : make("span", { className: "unknown" }, word("ui.no_speaker"), s.source ? ` (${s.source})` : "");
    const facts = [make("span", { className: "kind " + s.kind }, word("kinds." + s.kind)),
      make("span", { className: "act" }, word("forces." + s.force))];
    if (s.negated) facts.push(make("span", { className: "flag" }, word("ui.negated")));
    if (s.conditional) facts.push(make("span", { className: "flag" }, word("ui.conditional")));
    if (s.to) facts.push(make("span", {}, word("web.filter_to"), " ", make("bdi", { textContent: s.to })));
    if (s.via.length) facts.push(make("span", {}, word("web.filter_via"), " ", make("bdi", { textContent: s.via.join(" ← ") })));
    const title = make("a", { className: "open", href: `article/${s.article}.html#${s.id}`, dir: "auto", lang: s.lang ?? "", textContent: s.headline || s.article });
    const outlet = s.outlet ? make("bdi", { textContent: s.outlet }) : word("ui.no_outlet");
    return make("li", { className: "statement " + s.kind, id: s.id, dataset: { item: "" } },
      make("p", { className: "who" }, name, " ", s.speaker && fold(s.speaker) !== fold(known(s)) ? make("bdi", { className: "as-written", textContent: `(${s.speaker}) ` }) : "", s.role ? make("bdi", { className: "role", textContent: s.role }) : ""),
      make("blockquote", { dir: "auto", lang: s.lang ?? "" }, ...marked(s.content)),
      make("p", { className: "facts" }, ...facts.flatMap((fact) => [fact, " "])),
      make("p", { className: "from" }, date(s.day), " · ", make("span", { className: "outlet" }, outlet), " · ", title));
  };

  const found = [];
  let limit = PAGE, read = 0, all = false;
  const shards = Number(list.dataset.shards), of = Number(list.dataset.of);
  const more = make("p", { className: "more" }, make("button", { type: "button", onclick: () => { limit += PAGE; draw(); } }, word("web.older")));
  list.after(more);
  const facet = (title, parameter, values, table, names) => {
    const counts = new Map();
    for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
    const top = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, TOP);
    if (!top.length) return "";
    return make("section", { className: "facet" }, make("h3", {}, word(title)), make("ul", {}, ...top.map(([value, count]) =>
      make("li", {}, make("a", { href: link({ [parameter]: value }) }, table ? word(`${table}.${value}`) : make("bdi", { textContent: names?.get(value) ?? value })), " ",
        make("span", { className: "count" }, number(count))))));
  };
  const calledSo = () => (found.length ? known(found[0]) : asked.speaker);
  const chips = () => {
    const old = one(".chips");
    const names = Object.keys(asked);
    const made = make("ul", { className: "chips" }, ...names.map((name) => {
      const value = { kind: "kinds.", force: "forces." }[name];
      const remove = make("a", { href: link({ [name]: "" }), textContent: "×" });
      remove.setAttribute("aria-label", `${window.kutipWords[tongue()]["web.remove"]} ${asked[name]}`);
      return make("li", {}, make("span", { className: "label" }, word("web.filter_" + name), ":"), " ",
        name === "speaker" ? make("bdi", { textContent: calledSo() }) : value && window.kutipWords[tongue()][value + asked[name]] ? word(value + asked[name]) : make("bdi", { textContent: asked[name] }), " ", remove);
    }));
    if (old) old.replaceWith(made);
    else if (names.length) form.after(made);
  };
  const draw = () => {
    chips();
    list.replaceChildren(...found.slice(0, limit).map(show));
    more.hidden = found.length <= limit;
    one("#status").replaceChildren(make("b", {}, number(found.length)), " ", word("web.of"), " ", number(read), " ", word("ui.attributions"),
      ...(all ? [] : [" · ", word("web.static_hint")]));
    const heading = one("#facets h2");
    one("#facets").replaceChildren(heading, facet("ui.speaker", "speaker", found.map((s) => s.speaker_id), null, new Map(found.map((s) => [s.speaker_id, known(s)]))),
      facet("ui.outlet", "in", found.map((s) => s.outlet)), facet("ui.kind", "kind", found.map((s) => s.kind), "kinds"),
      facet("ui.force", "force", found.map((s) => s.force), "forces"), facet("ui.via", "via", found.flatMap((s) => s.via)),
      all && !found.length ? make("p", { className: "empty" }, word("web.no_result")) : "");
  };
  // A shard calls this with its rows
  window.kutipShard = (number, rows) => {
    for (const row of rows) {
      read += 1;
      const s = Object.fromEntries(FIELDS.map((field, at) => [field, row[at]]));
      if (answers(s)) found.push(s);
    }
    all = number + 1 >= shards;
    if (all || number % 5 === 0 || found.length <= PAGE) draw();
    if (!all) load(number + 1);
  };
  const load = (number) => document.head.append(make("script", { src: `search/${number}.js` }));
  one("#language").addEventListener("change", draw);
  if (shards) load(0);
  else { all = true; draw(); }
})();
