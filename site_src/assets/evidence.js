/* Press the number of a note and read its sentence in place: who says so, where, when. Without script, or with the
   middle button, the number is a link to the sentence in its article. */
(() => {
  "use strict";
  if (!HTMLElement.prototype.showPopover) return;
  const notes = new Map();
  for (const item of document.querySelectorAll(".pb-notes > li"))
    for (const link of item.querySelectorAll(".pb-cite a")) notes.set(link.href, item);

  const made = (tag, name, ...inside) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...inside);
    return element;
  };

  /** What the page's own list of evidence says of a note: the quotation, its source line, its links. */
  const listed = (link) => {
    const item = notes.get(link.href);
    const group = item && item.closest(".pb-evidence");
    if (!group) return null;
    const words = [...item.children].filter((one) => !one.matches(".pb-cite")).map((one) => one.cloneNode(true));
    const source = made("p", "pb-note-source", ...[...group.querySelector("p").childNodes].map((one) => one.cloneNode(true)));
    return [made("blockquote", "", ...words.slice(0, 1)), ...words.slice(1).map((one) => made("p", "", one)), source];
  };

  /** The same for a page without a list of evidence, from the page of the article. */
  const fetched = async (link) => {
    const answer = await fetch(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const place = page.getElementById(decodeURIComponent(new URL(link.href).hash.slice(1)));
    if (!place) return null;
    const text = place.cloneNode(true);
    for (const number of text.querySelectorAll(".pb-number")) number.remove();
    const title = made("a", "", page.querySelector("h1").firstChild.textContent.trim());
    title.href = link.href.split("#")[0];
    const fields = [...page.querySelectorAll(".pb-fields > div")].slice(0, 2);
    const values = fields.map((one) => one.querySelector("dd").textContent.trim()).filter((one) => one !== "not stated");
    const quoted = made("q", "", made("mark", "", text.textContent.trim()));
    return [made("blockquote", "", quoted), made("p", "pb-note-source", made("b", "", title), " ", values.join(", "))];
  };

  const box = made("div", "pb-note md-typeset");
  box.popover = "auto";
  box.tabIndex = -1;
  box.setAttribute("role", "dialog");
  let opener = null;
  box.addEventListener("toggle", (event) => {
    if (event.newState === "closed") {
      if (opener && (box.contains(document.activeElement) || document.activeElement === document.body)) opener.focus();
      if (opener) opener.setAttribute("aria-expanded", "false");
    }
  });

  const place = (link) => {
    const at = link.getBoundingClientRect();
    const width = box.offsetWidth, height = box.offsetHeight;
    const isSheet = innerWidth < 600;
    box.classList.toggle("pb-note--sheet", isSheet);
    if (isSheet) {
      box.style.left = box.style.top = "";
      return;
    }
    const below = at.bottom + 8 + height < innerHeight || at.top < height + 8;
    box.style.left = `${Math.max(8, Math.min(at.left - 24, document.documentElement.clientWidth - width - 8))}px`;
    box.style.top = `${Math.max(8, below ? at.bottom + 8 : at.top - height - 8)}px`;
  };

  const show = async (link) => {
    let inside = listed(link);
    if (!inside) inside = await fetched(link).catch(() => null);
    if (!inside) {
      location.href = link.href;
      return;
    }
    const onward = made("a", "", "Read it in the article");
    onward.href = link.href;
    const close = made("button", "pb-note-close", "Close");
    close.type = "button";
    close.addEventListener("click", () => box.hidePopover());
    box.setAttribute("aria-label", `Evidence ${link.textContent.trim()}`);
    box.replaceChildren(...inside, made("p", "pb-note-links", onward, close));
    opener = link;
    document.body.append(box);
    box.showPopover();
    place(link);
    link.setAttribute("aria-expanded", "true");
    box.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest(".pb-cite a");
    if (!link || link.closest(".pb-notes") || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (!link.hash || !/\/sources\//.test(link.pathname)) return;
    event.preventDefault();
    show(link);
  });
  addEventListener("resize", () => box.matches(":popover-open") && opener && place(opener));
})();
