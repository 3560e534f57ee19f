/* Tables of agreements that sort and filter. Without script they are plain tables, cut into pages. What is chosen stands
   in the address, so that it can be sent to others; the other pages of a list are fetched when they are needed. */
(() => {
  "use strict";
  const MONTHS = "January February March April May June July August September October November December".split(" ");
  const LIFE = ["Proposed", "Negotiating", "Anticipated", "Approved", "Agreed", "Signed", "In force", "Extended", "Amended", "Suspended", "Breached", "Ended", "Failed"];
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  /** "due 6 December 2021" as "2021-12-06"; what has no date comes last. */
  const day = (text) => {
    const found = /(?:(\d{1,2}) )?(?:([A-Z][a-z]+) )?(\d{4})/.exec(text);
    if (!found) return "";
    const month = MONTHS.indexOf(found[2]) + 1;
    return `${found[3]}-${String(month).padStart(2, "0")}-${(found[1] || "0").padStart(2, "0")}`;
  };
  const cell = (row, name) => [...row.cells].find((one) => one.dataset.label === name || (!one.dataset.label && name === "Agreement"));
  const words = (one) => {
    if (!one) return "";
    const copy = one.cloneNode(true);
    for (const note of copy.querySelectorAll(".pb-cite, .pb-late, small")) note.remove();
    return copy.textContent.trim().replace(/\s+/g, " ");
  };
  const KEYS = {
    Date: (text) => day(text),
    Status: (text) => String(LIFE.indexOf(text) + 1).padStart(2, "0"),
  };
  const ordered = (rows, name, isDown) => {
    const key = KEYS[name] || ((text) => text.toLowerCase());
    const keyed = rows.map((row, index) => [key(words(cell(row, name))), index, row]);
    keyed.sort(([first, one], [second, two]) => {
      if (!first !== !second) return first ? -1 : 1;
      return (isDown ? -1 : 1) * collator.compare(first, second) || one - two;
    });
    return keyed.map(([, , row]) => row);
  };
  const heads = (table) => [...table.tHead.rows[0].cells].map((head) => head.textContent.trim());
  const made = (tag, properties = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...inside);
    return element;
  };

  /** Let the heads of a table sort it; `sorted` gets the name of a column and the direction. */
  const sortable = (table, sorted) => {
    for (const head of table.tHead.rows[0].cells) {
      const name = head.textContent.trim();
      if (/^Value/.test(name) || head.querySelector("button")) continue;
      const button = made("button", { type: "button", className: "pb-sort" }, name);
      button.addEventListener("click", () => {
        const isDown = head.ariaSort ? head.ariaSort === "ascending" : name === "Date";
        sorted(name, isDown);
      });
      head.replaceChildren(button);
    }
  };
  const mark = (table, name, isDown) => {
    for (const head of table.tHead.rows[0].cells)
      head.ariaSort = head.textContent.trim() === name ? (isDown ? "descending" : "ascending") : null;
  };

  /** What is wider than the screen can be scrolled by the keyboard too. */
  const reach = () => {
    for (const one of document.querySelectorAll(".pb-scroll, .pb-figure"))
      one.scrollWidth > one.clientWidth ? one.setAttribute("tabindex", "0") : one.removeAttribute("tabindex");
  };
  reach();
  addEventListener("resize", reach);

  const bar = document.querySelector("[data-pb-agreements]");
  const ledgers = [...document.querySelectorAll("table.pb-ledger")];
  if (!bar) {
    for (const table of ledgers) {
      if (table.tBodies[0].rows.length < 3) continue;
      sortable(table, (name, isDown) => {
        const body = table.tBodies[0];
        for (const row of body.rows) if (row.cells[0].tagName === "TH") row.cells[0].dataset.label ||= heads(table)[0];
        body.append(...ordered([...body.rows], name, isDown));
        mark(table, name, isDown);
      });
    }
    return;
  }
  if (!ledgers.length) return;

  /** The rows of all pages of the list; links of other pages lead where they led there. */
  let everything = null;
  const rowsOf = (root, address) => {
    const rows = [...root.querySelectorAll("table.pb-ledger > tbody > tr")].map((row) => document.importNode(row, true));
    for (const row of rows) for (const link of row.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), address).href;
    return rows;
  };
  const load = () => {
    everything ||= (async () => {
      const others = [...new Set([...document.querySelectorAll(".pb-pager a")].map((link) => link.href))];
      const pages = await Promise.all(
        others.map(async (address) => {
          const answer = await fetch(address);
          if (!answer.ok) throw new Error(address);
          return rowsOf(new DOMParser().parseFromString(await answer.text(), "text/html"), address);
        }),
      );
      return [...rowsOf(document, location.href), ...pages.flat()];
    })();
    return everything;
  };

  const pane = made("section", { className: "pb-found", hidden: true, ariaLabel: "Chosen agreements" });
  const count = made("p", { className: "pb-asof", role: "status" });
  const table = ledgers[0].cloneNode(true);
  table.tBodies[0].replaceChildren();
  pane.append(count, made("div", { className: "pb-scroll" }, table));
  const plain = [...document.querySelectorAll(".md-content__inner > h2, .md-content__inner > .pb-scroll, .md-content__inner > .pb-pager")];
  const partners = heads(table)[2];

  const select = (name, label) => {
    const box = made("select", { name });
    return [made("label", {}, `${label} `, box), box];
  };
  const text = made("input", { type: "search", name: "q", autocomplete: "off" });
  const [statusLabel, status] = select("status", "Status");
  const [partyLabel, party] = select("party", "Party");
  const [yearLabel, year] = select("year", "Year");
  const [sortLabel, sort] = select("sort", "Order");
  const clear = made("button", { type: "button", hidden: true }, "Show all");
  bar.append(made("label", {}, "Words ", text), statusLabel, partyLabel, yearLabel, sortLabel, clear);
  bar.hidden = false;
  bar.after(pane);
  const ORDERS = [["", "As listed"], ["Date-down", "Newest first"], ["Date-up", "Oldest first"], ["Agreement-up", "Name"], ["Status-up", "Status"], [`${partners}-up`, partners]];
  sort.append(...ORDERS.map(([value, label]) => made("option", { value }, label)));

  const options = (box, values, compare) => {
    const chosen = box.value;
    const all = [...new Set(values)].filter(Boolean).sort(compare);
    box.replaceChildren(made("option", { value: "" }, "Any"), ...all.map((value) => made("option", { value }, value)));
    if (chosen && !all.includes(chosen)) box.append(made("option", { value: chosen }, chosen));
    box.value = chosen;
  };
  const names = (row) => [...(cell(row, partners) || row).querySelectorAll("a:not(.pb-cite a)")].map((link) => link.textContent.trim());
  const offer = (rows) => {
    options(status, rows.map((row) => words(cell(row, "Status"))), (one, two) => LIFE.indexOf(one) - LIFE.indexOf(two));
    options(party, rows.flatMap(names), collator.compare);
    options(year, rows.map((row) => day(words(cell(row, "Date"))).slice(0, 4)), (one, two) => collator.compare(two, one));
  };

  const fields = { q: text, status, party, year, sort };
  const show = async () => {
    const wanted = Object.fromEntries(Object.entries(fields).map(([name, box]) => [name, box.value]));
    const isActive = Object.values(wanted).some(Boolean);
    const address = new URL(location.href);
    for (const [name, value] of Object.entries(wanted)) value ? address.searchParams.set(name, value) : address.searchParams.delete(name);
    history.replaceState(null, "", address);
    for (const element of plain) element.hidden = isActive;
    pane.hidden = clear.hidden = !isActive;
    if (!isActive) return;
    pane.ariaBusy = "true";
    let rows;
    try {
      rows = await load();
    } catch {
      count.textContent = "The other pages of this list could not be fetched.";
      return;
    }
    offer(rows);
    const sought = wanted.q.toLowerCase().split(/\s+/).filter(Boolean);
    let chosen = rows.filter((row) => {
      const whole = row.textContent.toLowerCase();
      return (
        sought.every((word) => whole.includes(word)) &&
        (!wanted.status || words(cell(row, "Status")) === wanted.status) &&
        (!wanted.party || names(row).includes(wanted.party)) &&
        (!wanted.year || day(words(cell(row, "Date"))).startsWith(wanted.year))
      );
    });
    const cut = wanted.sort.lastIndexOf("-");
    const [name, isDown] = [wanted.sort.slice(0, cut), wanted.sort.endsWith("-down")];
    if (wanted.sort) chosen = ordered(chosen, name, isDown);
    mark(table, wanted.sort && name, isDown);
    table.tBodies[0].replaceChildren(...chosen);
    count.textContent = `${chosen.length} of ${rows.length} agreements`;
    pane.ariaBusy = "false";
  };

  const sorted = (name, isDown) => {
    const value = `${name}-${isDown ? "down" : "up"}`;
    if (![...sort.options].some((one) => one.value === value)) sort.append(made("option", { value }, `${name}, ${isDown ? "descending" : "ascending"}`));
    sort.value = value;
    const focus = document.activeElement && document.activeElement.textContent;
    show().then(() => {
      for (const button of table.querySelectorAll(".pb-sort")) if (button.textContent === focus && !pane.contains(document.activeElement)) button.focus();
    });
  };
  for (const one of [table, ...ledgers]) sortable(one, sorted);
  offer(ledgers.flatMap((one) => [...one.tBodies[0].rows]));
  for (const box of [status, party, year]) box.addEventListener("focus", () => load().then(offer, () => {}), { once: true });
  for (const box of Object.values(fields)) box.addEventListener(box === text ? "input" : "change", show);
  clear.addEventListener("click", () => {
    for (const box of Object.values(fields)) box.value = "";
    show();
    text.focus();
  });
  const given = new URLSearchParams(location.search);
  for (const [name, box] of Object.entries(fields)) {
    const value = given.get(name);
    if (!value) continue;
    if (name === "sort" && !/^[\w, ]+-(up|down)$/.test(value)) continue;
    if (box.tagName === "SELECT" && ![...box.options].some((one) => one.value === value)) box.append(made("option", { value }, value));
    box.value = value;
  }
  show();
})();
