// The review: shows a fact beside its sentence and sends decisions. Every text is written as text, never as HTML.
"use strict";

const state = { articles: [], article: null, chars: [], at: 0, form: null, busy: false, selected: null };
const place = (id) => document.getElementById(id);

/** An element with properties and children; a child that is text stays text. */
function el(tag, properties, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

// -- asking the server ------------------------------------------------------------------------------

async function ask(path, body) {
  const options = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    return { message: "The review has ended. Start it again: pactbook review", problems: [], isRefused: true };
  }
  const type = answer.headers.get("Content-Type") || "";
  const told = type.startsWith("application/json") ? await answer.json() : { message: await answer.text(), problems: [] };
  return answer.ok ? told : { ...told, isRefused: true };
}

async function decide(path, body, said) {
  if (state.busy) return null;
  state.busy = true;
  const told = await ask(path, body);
  state.busy = false;
  if (told.isRefused) {
    say(told.message, true);
    return told;
  }
  say(said);
  take(told);
  return told;
}

function say(text, isBad = false) {
  place("status").className = isBad ? "status bad" : "status";
  place("status").textContent = text;
}

// -- moving -----------------------------------------------------------------------------------------

function take(article) {
  state.article = article;
  state.chars = Array.from(article.text);
  state.form = null;
  const known = state.articles.find((one) => one.id === article.id);
  if (known) Object.assign(known, { proposed: article.proposed, total: article.total, fault: "" });
  listArticles();
}

async function open(id, key) {
  const told = await ask(`api/articles/${encodeURIComponent(id)}`);
  if (told.isRefused) {
    state.article = null;
    state.form = null;
    place("articles").value = id;
    place("text").replaceChildren();
    place("card").replaceChildren(el("p", { class: "fault" }, told.message));
    showActions();
    return;
  }
  take(told);
  const first = told.facts.findIndex((fact) => (key ? fact.key === key : fact.is_proposed));
  show(first >= 0 ? first : told.proposed || !told.facts.length ? 0 : told.facts.length);
}

const fact = () => (state.article ? state.article.facts[state.at] : undefined);

/** Show the fact at a place; the place behind the last one says that all is read. */
function show(at) {
  state.at = Math.max(0, Math.min(at, state.article.facts.length));
  state.form = null;
  place("articles").value = state.article.id;
  history.replaceState(null, "", `#${encodeURIComponent(state.article.id)}`);
  document.title = `${state.article.proposed} to read · ${state.article.title} · Pactbook`;
  showCard();
  showText();
  showActions();
  place("card").scrollTop = 0;
  place("card").focus({ preventScroll: true });
}

/** The next fact that nobody has decided on, from a place on; behind the last one if there is none. */
function nextProposed(from) {
  const { facts } = state.article;
  for (let step = 0; step < facts.length; step += 1) {
    const at = (from + step) % facts.length;
    if (facts[at].is_proposed) return at;
  }
  return facts.length;
}

async function nextArticle() {
  const here = state.articles.findIndex((one) => one.id === place("articles").value);
  const order = [...state.articles.slice(here + 1), ...state.articles.slice(0, here)];
  const next = order.find((one) => one.proposed > 0);
  if (next) await open(next.id);
  else say("Nothing is left to read.");
}

// -- deciding ---------------------------------------------------------------------------------------

const about = () => ({ article: state.article.id, version: state.article.version });

async function accept() {
  const one = fact();
  if (!one) return;
  if (!one.is_proposed) { show(nextProposed(state.at + 1)); return; }
  const told = await decide("api/accept", { ...about(), facts: [one.key] }, `Accepted: ${one.heading}`);
  await settle(told, state.at + 1);
}

async function acceptAll() {
  const keys = state.article ? state.article.facts.filter((one) => one.is_proposed).map((one) => one.key) : [];
  if (!keys.length) return;
  const told = await decide("api/accept", { ...about(), facts: keys }, `Accepted: ${keys.length} facts`);
  await settle(told, state.at);
}

async function reject() {
  const one = fact();
  if (!one) return;
  const told = await decide("api/reject", { ...about(), fact: one.key }, `Rejected: ${one.heading}`);
  await settle(told, state.at);
}

async function undo() {
  const told = await decide("api/undo", {}, "Undone.");
  if (told && !told.isRefused) show(Math.max(0, told.facts.findIndex((one) => one.key === told.undone)));
}

async function save() {
  const one = fact();
  const told = await decide("api/correct", { ...about(), fact: one.key, values: state.form.get() }, `Corrected: ${one.heading}`);
  if (told && told.isRefused && told.problems.length) showProblems(told.problems);
  else await settle(told, state.at + 1);
}

/** After a decision: the next fact to read; after a refusal: what is there now. */
async function settle(told, from) {
  if (!told) return;
  if (!told.isRefused) show(nextProposed(from >= state.article.facts.length ? 0 : from));
  else if (state.article) {
    const key = fact() && fact().key;
    const message = place("status").textContent;
    await open(state.article.id, key);
    say(message, true);
  }
}

// -- showing ----------------------------------------------------------------------------------------

function listArticles() {
  const chosen = state.article && state.article.id;
  place("articles").replaceChildren(...state.articles.map((one) => {
    const left = one.fault ? "cannot be reviewed" : one.proposed ? `${one.proposed} of ${one.total} to read` : "read";
    return el("option", { value: one.id, selected: one.id === chosen }, `${one.published} ${one.title} (${left})`);
  }));
}

function showCard() {
  const one = fact();
  if (!one) {
    const done = state.article.proposed === 0;
    place("card").replaceChildren(
      el("p", { class: "kind" }, "This article"),
      el("h2", {}, done ? "All facts of this article are read." : "No more facts."),
      el("p", {}, "N opens the next article that has facts to read, P goes back, U undoes the last decision."),
    );
    return;
  }
  const badge = el("span", { class: one.is_proposed ? "badge" : "badge done" }, one.is_proposed ? "to read" : "accepted");
  const notes = state.article.has_comments
    ? [el("p", { class: "note" }, "The facts file holds comments of a person. A correction or rejection writes it anew, without them.")]
    : [];
  place("card").replaceChildren(
    el("p", { class: "kind" }, one.kind, badge),
    el("h2", {}, one.heading),
    el("p", { class: "place" }, `Fact ${state.at + 1} of ${state.article.facts.length} · ${state.article.proposed} to read · rule ${one.rule}`),
    el("blockquote", { class: "quote" }, marked(one.sentence[0], one.sentence[1], one)),
    ...notes,
    el("dl", {}, one.fields.flatMap((field) => shown(field))),
  );
}

/** A stretch of the article with the evidence of a fact marked. */
function marked(start, end, one) {
  const edges = new Set([start, end]);
  for (const piece of one.evidence) for (const edge of piece) if (edge > start && edge < end) edges.add(edge);
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(1).map((edge, index) => {
    const from = sorted[index];
    const words = state.chars.slice(from, edge).join("");
    const isMarked = one.evidence.some(([first, last]) => first <= from && edge <= last && last - first < one.sentence[1] - one.sentence[0]);
    return isMarked ? el("mark", { "data-start": from }, words) : el("span", { "data-start": from }, words);
  });
}

const nothing = (field) => field.value === "" || field.value === false || (Array.isArray(field.value) && !field.value.length)
  || (field.kind === "evidence" && !field.exact) || (field.kind === "list" && !field.entries.length);

function shown(field) {
  if (nothing(field)) return [];
  return [el("dt", {}, field.label), el("dd", {}, valueOf(field))];
}

function label(list, code) {
  const found = (state.article.choices[list] || []).find((one) => one[0] === code);
  return found ? found[1] : code;
}

/** Words of the article, shortened: the whole of them is marked beside it. */
function quoted(exact) {
  const characters = Array.from(exact);
  const text = characters.length > 90 ? `${characters.slice(0, 60).join("")} … ${characters.slice(-20).join("")}` : exact;
  return el("span", { class: "words", title: exact }, `“${text}”`);
}

const NAMED = ["begins", "ends", "years", "high", "quantity", "unit", "country"]; // say nothing without their name

function valueOf(field) {
  switch (field.kind) {
    case "evidence": return quoted(field.exact);
    case "choice": return label(field.of, field.value);
    case "choices": return field.value.map((code) => label(field.of, code)).join(", ");
    case "group": return inLine(field.fields);
    case "list": return el("ul", {}, field.entries.map((entry) =>
      el("li", {}, field.of === "evidence" ? quoted(entry.exact) : inLine(entry))));
    default: return String(field.value);
  }
}

function inLine(fields) {
  const parts = [];
  for (const field of fields) {
    if (nothing(field)) continue;
    if (parts.length) parts.push(" · ");
    if (NAMED.includes(field.name)) parts.push(`${field.label.toLowerCase()} `);
    parts.push(valueOf(field));
  }
  return el("span", {}, parts);
}

function showText() {
  const { title, outlet, published, url } = state.article;
  const head = Array.from(state.article.text.split("\n", 1)[0]).length;
  const one = fact();
  const stretches = [];
  const add = (from, to, node) => {
    if (from >= to) return;
    const edges = one ? [one.sentence[0], one.sentence[1]].filter((edge) => edge > from && edge < to) : [];
    const sorted = [from, ...edges, to];
    for (let index = 1; index < sorted.length; index += 1) {
      const [first, last] = [sorted[index - 1], sorted[index]];
      const isHere = one && one.sentence[0] <= first && last <= one.sentence[1];
      const words = one ? marked(first, last, one) : [el("span", { "data-start": first }, state.chars.slice(first, last).join(""))];
      node.push(isHere ? el("span", { class: "sentence" }, words) : el("span", {}, words));
    }
  };
  const heading = [];
  add(0, head, heading);
  add(Math.min(head + 1, state.chars.length), state.chars.length, stretches);
  const meta = [outlet, published, url].filter(Boolean).join(" · ");
  place("text").replaceChildren(
    el("span", { class: "head" }, heading.length ? heading : title),
    el("span", { class: "meta" }, meta),
    ...stretches,
  );
  const sentence = place("text").querySelector(".sentence");
  if (sentence && window.matchMedia("(min-width: 60rem)").matches) {
    place("text").scrollTop = sentence.offsetTop - place("text").offsetTop - place("text").clientHeight / 3;
  }
}

function showActions() {
  const button = (text, key, work, properties = {}) =>
    el("button", { type: "button", onclick: work, ...properties }, text, el("kbd", { "aria-hidden": "true" }, key));
  if (state.form) {
    place("actions").replaceChildren(
      button("Save", "Ctrl ⏎", save, { class: "first" }),
      button("Cancel", "Esc", cancel),
    );
    return;
  }
  const none = !fact();
  const hasFacts = Boolean(state.article);
  place("actions").replaceChildren(
    button("Accept", "A", accept, { class: "first", disabled: none, "aria-keyshortcuts": "a" }),
    button("Correct", "C", correct, { disabled: none, "aria-keyshortcuts": "c" }),
    button("Reject", "R", reject, { disabled: none, "aria-keyshortcuts": "r" }),
    button("Next", "N", next, { "aria-keyshortcuts": "n" }),
    button("Previous", "P", previous, { disabled: !hasFacts || state.at === 0, "aria-keyshortcuts": "p" }),
    button("Undo", "U", undo, { disabled: !hasFacts || !state.article.can_undo, "aria-keyshortcuts": "u" }),
    button("Accept the rest", "⇧ A", acceptAll, { disabled: !hasFacts || !state.article.proposed, "aria-keyshortcuts": "Shift+A" }),
  );
}

function next() {
  if (!state.article || state.at >= state.article.facts.length) nextArticle();
  else show(state.at + 1);
}

function previous() {
  if (state.article) show(state.at - 1);
}

// -- correcting -------------------------------------------------------------------------------------

function correct() {
  const one = fact();
  if (!one) return;
  state.form = group(one.fields, "");
  const form = el("form", { onsubmit: (event) => { event.preventDefault(); save(); } },
    el("p", { class: "wrong", "data-general": true }), state.form.nodes);
  place("card").replaceChildren(
    el("p", { class: "kind" }, one.kind, el("span", { class: "badge" }, "being corrected")),
    el("h2", {}, one.heading),
    el("p", { class: "place" }, "Evidence is copied from the article to the letter: select words there, then “Use selected words”."),
    form,
  );
  showActions();
  const first = form.querySelector("input, select, textarea");
  if (first) first.focus();
}

function cancel() {
  show(state.at);
}

let numbers = 0;

/** The widgets of a group of fields, and how to get their values. */
function group(fields, path) {
  const made = fields.map((field) => [field.name, widget(field, path ? `${path}.${field.name}` : field.name)]);
  return {
    nodes: made.map(([, one]) => one.node),
    get: () => Object.fromEntries(made.map(([name, one]) => [name, one.get()])),
  };
}

function wrapped(field, path, input, more = []) {
  const id = `f${(numbers += 1)}`;
  input.id = id;
  return el("div", { class: "field", "data-path": path }, el("label", { for: id }, field.label), input, more);
}

function widget(field, path) {
  switch (field.kind) {
    case "choice": return choice(field, path);
    case "choices": return ticks(field, path);
    case "evidence": return evidence(field, path);
    case "group": return optional(field, path);
    case "list": return list(field, path);
    default: return line(field, path);
  }
}

function line(field, path) {
  if (field.name === "person") return picked(field, path, state.article.people);
  const input = el("input", { type: "text", value: field.value, inputmode: field.kind === "number" ? "decimal" : null });
  let value = field.value; // what nobody has touched goes back as it came
  input.addEventListener("input", () => { value = input.value; });
  return { node: wrapped(field, path, input), get: () => value };
}

function picked(field, path, options) {
  const input = el("select", {}, el("option", { value: "" }, "not said"),
    options.map(([code, text]) => el("option", { value: code, selected: code === field.value }, text)));
  return { node: wrapped(field, path, input), get: () => input.value };
}

function choice(field, path) {
  const options = state.article.choices[field.of] || [];
  const empty = field.optional || !field.value ? [el("option", { value: "" }, "not said")] : [];
  const input = el("select", {}, empty,
    options.map(([code, text, meaning]) => el("option", { value: code, title: meaning, selected: code === field.value }, text)));
  return { node: wrapped(field, path, input), get: () => input.value };
}

function ticks(field, path) {
  const boxes = (state.article.choices[field.of] || []).map(([code, text]) =>
    [code, el("input", { type: "checkbox", checked: field.value.includes(code) }), text]);
  const node = el("fieldset", { class: "field", "data-path": path }, el("legend", {}, field.label),
    el("div", { class: "ticks" }, boxes.map(([, box, text]) => el("label", {}, box, text))));
  return { node, get: () => boxes.filter(([, box]) => box.checked).map(([code]) => code) };
}

function evidence(field, path) {
  const input = el("textarea", { rows: Math.min(6, Math.ceil((field.exact.length + 1) / 60)) });
  input.value = field.exact;
  let value = { exact: field.exact, start: field.start };
  input.addEventListener("input", () => { value = { exact: input.value, start: null }; });
  const use = el("button", { type: "button", class: "small", onmousedown: (event) => event.preventDefault(), onclick: () => {
    if (!state.selected) { say("Select words in the article first.", true); return; }
    value = { ...state.selected };
    input.value = value.exact;
    input.focus();
  } }, "Use selected words");
  return { node: wrapped(field, path, input, [el("div", { class: "tools" }, use)]), get: () => value };
}

function optional(field, path) {
  const inner = group(field.fields, path);
  const box = el("input", { type: "checkbox", checked: Boolean(field.value) });
  const body = el("div", { hidden: field.optional && !field.value }, inner.nodes);
  box.addEventListener("change", () => { body.hidden = !box.checked; });
  const legend = field.optional ? el("legend", {}, el("label", {}, box, ` ${field.label}`)) : el("legend", {}, field.label);
  const node = el("fieldset", { class: "field", "data-path": path }, legend, body);
  return { node, get: () => (field.optional && !box.checked ? null : inner.get()) };
}

function list(field, path) {
  const entries = [];
  const body = el("div", {});
  const add = (given) => {
    const here = `${path}[${entries.length}]`;
    const made = field.of === "evidence"
      ? evidence({ name: field.name, label: "Words", ...given }, here)
      : { node: null, ...group(given, here) };
    const remove = el("button", { type: "button", class: "small", onclick: () => {
      entries.splice(entries.indexOf(entry), 1);
      entry.node.remove();
    } }, "Take out");
    const node = el("fieldset", { "data-path": here }, made.node || made.nodes, el("div", { class: "tools" }, remove));
    const entry = { node, get: made.get };
    entries.push(entry);
    body.append(node);
    return node;
  };
  field.entries.forEach(add);
  const more = el("button", { type: "button", class: "small", onclick: () => {
    const first = add(field.blank).querySelector("input, select, textarea");
    if (first) first.focus();
  } }, "Add one");
  const node = el("fieldset", { class: "field", "data-path": path }, el("legend", {}, field.label), body,
    el("div", { class: "tools" }, more));
  return { node, get: () => entries.map((entry, index) => { renumber(entry, `${path}[${index}]`); return entry.get(); }) };
}

/** Entries before it may have been taken out: messages come back by the numbers that are sent. */
function renumber(entry, here) {
  const old = entry.node.dataset.path;
  if (old === here) return;
  for (const node of [entry.node, ...entry.node.querySelectorAll("[data-path]")]) {
    node.dataset.path = here + node.dataset.path.slice(old.length);
  }
}

/** Put each message at its field, or at the nearest one around it; what has none stands above the form. */
function showProblems(problems) {
  const form = place("card").querySelector("form");
  for (const old of form.querySelectorAll(".wrong:not([data-general])")) old.remove();
  for (const old of form.querySelectorAll("[aria-invalid]")) old.removeAttribute("aria-invalid");
  const general = form.querySelector("[data-general]");
  general.textContent = "";
  let first = null;
  for (const problem of problems) {
    const found = fieldAt(form, problem.place);
    if (!found) {
      general.textContent = `${general.textContent} ${problem.place} ${problem.message}`.trim();
      continue;
    }
    const id = `f${(numbers += 1)}`;
    found.append(el("p", { class: "wrong", id }, problem.message));
    const input = found.querySelector("input, select, textarea");
    if (input) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", id);
      const isEarlier = !first || input.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (isEarlier) first = input;
    }
  }
  if (first) {
    first.focus({ preventScroll: true });
    first.closest(".field, fieldset").scrollIntoView({ block: "center" });
  }
}

function fieldAt(form, path) {
  const fields = [...form.querySelectorAll("[data-path]")];
  for (let text = path; text; text = text.replace(/(\.[^.[]+|\[\d+\]|^[^.[]+)$/, "")) {
    const found = fields.find((node) => node.dataset.path === text);
    if (found) return found;
  }
  return null;
}

// -- listening --------------------------------------------------------------------------------------

/** Where a point of a selection stands in the article, in code points; null outside of it. */
function offset(node, at) {
  const holder = node.nodeType === Node.TEXT_NODE ? node.parentElement : null;
  if (!holder || !holder.dataset.start || !place("text").contains(holder)) return null;
  return Number(holder.dataset.start) + Array.from(node.data.slice(0, at)).length;
}

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const start = offset(range.startContainer, range.startOffset);
  const end = offset(range.endContainer, range.endOffset);
  if (start !== null && end !== null && start < end) {
    state.selected = { exact: state.chars.slice(start, end).join(""), start };
  }
});

const KEYS = { a: accept, A: acceptAll, c: correct, r: reject, n: next, p: previous, u: undo, ArrowRight: next, ArrowLeft: previous };

document.addEventListener("keydown", (event) => {
  if (state.form) {
    if (event.key === "Escape") { event.preventDefault(); cancel(); }
    if (event.key === "Enter" && event.ctrlKey) { event.preventDefault(); save(); }
    return;
  }
  const isField = event.target.closest("input:not([type=checkbox]), select, textarea");
  const work = KEYS[event.key];
  if (!work || isField || event.ctrlKey || event.metaKey || event.altKey || event.repeat || !place("keys").checked) return;
  event.preventDefault();
  work();
});

place("articles").addEventListener("change", () => open(place("articles").value));

(async function start() {
  const told = await ask("api/articles");
  if (told.isRefused) { say(told.message, true); return; }
  state.articles = told.articles;
  place("by").textContent = told.by;
  listArticles();
  const wanted = decodeURIComponent(location.hash.slice(1));
  const first = state.articles.find((one) => one.id === wanted) || state.articles.find((one) => one.proposed > 0) || state.articles[0];
  if (first) await open(first.id);
  else place("card").replaceChildren(el("p", {}, "There is no article to review. Add one: pactbook new FILE"));
})();
