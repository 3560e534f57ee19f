/* The search box of every page and the search page, both served by Pagefind's index of this site. What is chosen on the
   search page stands in its address. Text of pages is only ever written as text. */
(() => {
  "use strict";
  const root = new URL("..", document.currentScript.src);
  const MONTHS = "January February March April May June July August September October November December".split(" ");
  const FACETS = [
    ["kind", "What"], ["country", "Country"], ["status", "Status"], ["area", "Area"], ["instrument", "Instrument"],
    ["year", "Year"], ["outlet", "Outlet"], ["equipment", "Equipment"], ["review", "Reviewed"],
  ];
  const PAGE = 15, BOX = 8;

  let engine = null;
  const pagefind = () =>
    (engine ||= (async () => {
      const found = await import(new URL("pagefind/pagefind.js", root).href);
      await found.options({ baseUrl: root.pathname, excerptLength: 26, ranking: { pageLength: 0.2, termFrequency: 0.6 } });
      await found.init();
      return found;
    })());

  const made = (tag, properties = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...inside);
    return element;
  };
  /** An excerpt as nodes: only its marks are taken for marks. */
  const marked = (excerpt) => {
    const nodes = [];
    let isMark = false;
    for (const piece of excerpt.split(/(<\/?mark>)/)) {
      if (piece === "<mark>" || piece === "</mark>") isMark = piece === "<mark>";
      else if (piece) {
        const text = piece.replace(/&lt;/g, "<").replace(/&gt;/g, ">");
        nodes.push(isMark ? made("mark", {}, text) : text);
      }
    }
    return nodes;
  };
  const inWords = (date = "") => {
    const [year, month, day] = date.split("-");
    return [Number(day) || "", MONTHS[Number(month) - 1] || "", year].filter(Boolean).join(" ");
  };
  const details = (data) => [data.meta.kind !== "Overview" && data.meta.kind, inWords(data.meta.date)].filter(Boolean).join(" · ");
  /** Results with those first that are called what is sought: who types a country wants its page. */
  const named = (results, query) => {
    const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]/g, "");
    const is = (data) => Number(plain(data.meta.title || "") === plain(query));
    return [...results].sort((one, two) => is(two) - is(one));
  };
  const address = (query) => new URL(`search/?${new URLSearchParams({ q: query })}`, root).href;
  const counted = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

  // -- the box in the header -------------------------------------------------------------------------

  const box = document.querySelector("[data-pb-search]");
  const toggle = document.getElementById("__search");
  if (box && toggle) {
    const form = box.querySelector("form"), input = form.elements.q;
    const says = box.querySelector(".md-search-result__meta"), list = box.querySelector(".md-search-result__list");
    const open = (isOpen) => {
      if (toggle.checked === isOpen) return;
      toggle.checked = isOpen;
      toggle.dispatchEvent(new Event("change", { bubbles: true }));
    };
    let newest = 0;

    const item = (data) => {
      const told = made("article", { className: "md-search-result__article md-typeset" });
      told.append(made("h1", {}, data.meta.title || data.url), made("p", { className: "pb-found-kind" }, details(data)));
      told.append(made("p", {}, ...marked(data.excerpt)));
      const best = (data.sub_results || []).find((one) => one.url.includes("#") && !one.url.endsWith("#top"));
      return made("li", { className: "md-search-result__item" }, made("a", { href: (best || data).url, className: "md-search-result__link" }, told));
    };
    const search = async () => {
      const query = input.value.trim(), turn = ++newest;
      if (!query) {
        list.replaceChildren();
        says.textContent = "Type to start searching";
        return;
      }
      try {
        const found = await (await pagefind()).search(query);
        const first = await Promise.all(found.results.slice(0, BOX + 4).map((one) => one.data()));
        if (turn !== newest) return;
        const shown = named(first, query).slice(0, BOX);
        says.textContent = counted(found.results.length, "page", "pages") + (found.results.length ? "" : ". Try fewer or other words.");
        list.replaceChildren(...shown.map(item));
        const all = made("a", { href: address(query), className: "pb-found-all" }, "All results, with filters");
        list.append(made("li", { className: "md-search-result__item" }, all));
      } catch (error) {
        says.textContent = "The search could not be loaded.";
        throw error;
      }
    };
    let waiting = 0;
    input.addEventListener("input", () => {
      open(true);
      clearTimeout(waiting);
      waiting = setTimeout(search, 120);
    });
    input.addEventListener("focus", () => {
      open(true);
      pagefind().catch(() => {});
      if (!says.textContent) search();
    });
    toggle.addEventListener("change", () => toggle.checked && document.activeElement !== input && input.focus());
    form.addEventListener("reset", () => setTimeout(() => (search(), input.focus())));

    const close = () => {
      open(false);
      if (box.contains(document.activeElement)) document.activeElement.blur();
    };
    box.addEventListener("keydown", (event) => {
      const stops = [input, ...list.querySelectorAll("a")];
      const at = stops.indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") close();
      else if (step && at >= 0) stops[(at + step + stops.length) % stops.length].focus();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    box.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !box.contains(event.relatedTarget) && event.relatedTarget !== toggle) open(false);
    });
    document.addEventListener("keydown", (event) => {
      const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
      if (isTyping || event.metaKey || event.ctrlKey || event.altKey || !["/", "s", "f"].includes(event.key)) return;
      event.preventDefault();
      open(true);
      input.focus();
    });
  }

  // -- the search page ---------------------------------------------------------------------------------

  const page = document.querySelector("[data-pb-search-page]");
  if (!page || !box) return; // without our box there is no index of ours

  const query = made("input", { type: "search", name: "q", autocomplete: "off", spellcheck: false });
  const order = made("select", { name: "sort" });
  for (const [value, label] of [["", "Best match"], ["newest", "Newest first"], ["oldest", "Oldest first"]]) order.append(made("option", { value }, label));
  const status = made("p", { className: "pb-asof", role: "status" });
  const results = made("ol", { className: "pb-results" });
  const more = made("button", { type: "button", className: "pb-button", hidden: true }, "Show more");
  const clear = made("button", { type: "button", className: "pb-button", hidden: true }, "Remove all filters");
  const facets = made("div", { className: "pb-facets" });
  const panel = made("details", { className: "pb-filters", open: innerWidth >= 960 }, made("summary", {}, "Filters"), clear, facets);
  const bar = made("div", { className: "pb-bar", role: "search", ariaLabel: "All pages" }, made("label", {}, "Words ", query), made("label", {}, "Order ", order));
  page.replaceChildren(bar, made("div", { className: "pb-columns" }, panel, made("div", {}, status, results, more)));

  const given = new URLSearchParams(location.search);
  const chosen = new Map(FACETS.map(([name]) => [name, new Set(given.getAll(name))]));
  query.value = given.get("q") || "";
  order.value = ["newest", "oldest"].includes(given.get("sort")) ? given.get("sort") : "";

  const filters = (without) => {
    const wanted = {};
    for (const [name, values] of chosen) if (values.size && name !== without) wanted[name] = { any: [...values] };
    return wanted;
  };
  const remember = () => {
    const told = new URLSearchParams();
    if (query.value.trim()) told.set("q", query.value.trim());
    for (const [name, values] of chosen) for (const value of [...values].sort()) told.append(name, value);
    if (order.value) told.set("sort", order.value);
    history.replaceState(null, "", told.size ? `?${told}` : location.pathname);
  };

  /** One facet: what is chosen, then the values with most pages. */
  const group = (name, label, counts) => {
    const picked = chosen.get(name);
    const values = Object.entries(counts).filter(([value, count]) => count || picked.has(value));
    for (const value of picked) if (!(value in counts)) values.push([value, 0]);
    if (!values.length) return null;
    const byName = name === "year" ? (one, two) => (one[0] < two[0] ? 1 : -1) : (one, two) => two[1] - one[1] || (one[0] < two[0] ? -1 : 1);
    values.sort((one, two) => picked.has(two[0]) - picked.has(one[0]) || byName(one, two));
    const rows = values.map(([value, count]) => {
      const tick = made("input", { type: "checkbox", name, value, checked: picked.has(value) });
      tick.addEventListener("change", () => {
        tick.checked ? picked.add(value) : picked.delete(value);
        search();
      });
      return made("li", {}, made("label", {}, tick, made("span", {}, value), made("small", {}, count.toLocaleString("en"))));
    });
    const before = facets.querySelector(`details[data-name="${name}"]`);
    const isOpen = before ? before.open : picked.size > 0 || ["kind", "country", "status"].includes(name);
    const shown = made("details", { open: isOpen }, made("summary", {}, label), made("ul", { ariaLabel: label }, ...rows));
    shown.dataset.name = name;
    return shown;
  };

  const card = (data) => {
    const parts = [made("h2", {}, made("a", { href: data.url }, data.meta.title || data.url)), made("p", { className: "pb-found-kind" }, details(data))];
    const excerpt = made("p", {}, ...marked(data.excerpt));
    const places = (data.sub_results || []).filter((one) => one.url.includes("#") && !one.url.endsWith("#top")).slice(0, 3);
    const below = places.map((one) => made("a", { href: one.url }, one.title));
    if (query.value.trim() && below.length) parts.push(excerpt, made("p", { className: "pb-found-places" }, ...below.flatMap((one, index) => (index ? [" · ", one] : [one]))));
    else parts.push(excerpt);
    return made("li", {}, ...parts);
  };

  let turn = 0, found = [], shown = 0;
  const extend = async () => {
    const mine = turn;
    const next = await Promise.all(found.slice(shown, shown + PAGE).map((one) => one.data()));
    if (mine !== turn) return;
    shown += next.length;
    results.append(...(order.value ? next : named(next, query.value)).map(card));
    more.hidden = shown >= found.length;
  };
  const search = async () => {
    const mine = ++turn;
    results.ariaBusy = "true";
    remember();
    const index = await pagefind();
    const words = query.value.trim() || null;
    const sort = order.value ? { date: order.value === "newest" ? "desc" : "asc" } : !words ? { date: "desc" } : undefined;
    const wide = FACETS.filter(([name]) => chosen.get(name).size);
    const every = await index.filters(); // a search counts by those filters only that are loaded
    const [main, ...others] = await Promise.all([
      index.search(words, { filters: filters(), sort }),
      ...wide.map(([name]) => index.search(words, { filters: filters(name) })),
    ]);
    if (mine !== turn) return;
    const focus = document.activeElement && document.activeElement.name && facets.contains(document.activeElement) && [document.activeElement.name, document.activeElement.value];
    const counts = (name) => {
      const at = wide.findIndex(([one]) => one === name);
      return (at < 0 ? main : others[at]).filters[name] || {};
    };
    const top = Object.fromEntries([...facets.querySelectorAll("details")].map((one) => [one.dataset.name, one.querySelector("ul").scrollTop]));
    facets.replaceChildren(...FACETS.filter(([name]) => every[name]).map(([name, label]) => group(name, label, counts(name))).filter(Boolean));
    for (const one of facets.querySelectorAll("details")) one.querySelector("ul").scrollTop = top[one.dataset.name] || 0;
    if (focus) for (const tick of facets.querySelectorAll("input")) if (tick.name === focus[0] && tick.value === focus[1]) tick.focus();
    clear.hidden = !wide.length;
    found = main.results;
    shown = 0;
    results.replaceChildren();
    status.textContent = counted(found.length, "page", "pages") + (found.length || !(words || wide.length) ? "" : ". Try fewer words, or remove a filter.");
    await extend();
    if (mine === turn) results.ariaBusy = "false";
  };
  const attempt = () => search().catch((error) => {
    status.textContent = "The search could not be loaded.";
    throw error;
  });

  let waiting = 0;
  query.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(attempt, 150);
  });
  order.addEventListener("change", attempt);
  more.addEventListener("click", async () => {
    const last = results.lastElementChild;
    await extend();
    if (last && last.nextElementSibling) last.nextElementSibling.querySelector("a").focus();
  });
  clear.addEventListener("click", () => {
    for (const values of chosen.values()) values.clear();
    attempt();
    query.focus();
  });
  attempt();
})();
