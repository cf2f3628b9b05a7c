"use strict";
// Lights up what a line, or a point on which outlets differ, rests on, and the way back. Without it the page is whole:
// every chip is a link to its sentence, and every sentence has links to its lines.
(() => {
  const every = (selector) => [...document.querySelectorAll(selector)];
  const holders = every("[data-key]"), hits = every(".hit"), words = every("[data-shared]");
  const body = document.body, texts = document.querySelector(".texts"), status = document.querySelector("[role=status]");
  const [nowName, nowChips] = document.querySelector(".now").children;
  const narrow = matchMedia("(max-width: 63.99rem)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let pinned = []; // keys of the holders that stay lit
  body.classList.add("scripted");

  const named = (value, keys) => value.split(" ").some((key) => keys.includes(key));
  const holderOf = (key) => holders.find((holder) => holder.dataset.key === key);

  function light(keys) {
    for (const hit of hits) {
      hit.classList.toggle("lit", named(hit.dataset.of, keys));
      hit.classList.toggle("rests", named(hit.dataset.rests, keys));
    }
    for (const word of words) word.classList.toggle("common", named(word.dataset.shared, keys));
    for (const holder of holders) holder.classList.toggle("lit", keys.includes(holder.dataset.key));
    body.classList.toggle("showing", keys.length > 0);
    const holder = keys.length ? holderOf(keys[0]) : null;
    nowName.textContent = holder ? holder.querySelector(".number").textContent : "";
    nowChips.replaceChildren(...(holder ? [...holder.querySelectorAll(".chip")].map((chip) => chip.cloneNode(true)) : []));
    for (const chip of nowChips.children) chip.dataset.from = keys[0];
  }

  function show(keys, hit) {
    light(keys);
    const first = hit || hits.find((each) => each.matches(".lit.rests")) || hits.find((each) => each.matches(".lit"));
    if (first && (!narrow.matches || body.classList.contains("reading"))) {
      const top = first.getBoundingClientRect().top - texts.getBoundingClientRect().top;
      texts.scrollBy({ top: top - texts.clientHeight / 4, behavior: calm.matches ? "instant" : "smooth" });
    }
  }

  function pin(keys, { sheet = true, hit = null } = {}) {
    pinned = keys;
    body.classList.toggle("reading", sheet && keys.length > 0);
    show(keys, hit);
    status.textContent = keys.length ? holderOf(keys[0]).dataset.told : "";
    if (sheet && narrow.matches && keys.length) holderOf(keys[0]).scrollIntoView({ block: "start" });
  }

  function back(keys) {
    const holder = holderOf(keys[0]);
    pin(keys, { sheet: false });
    holder.scrollIntoView({ block: "center" });
    holder.querySelector(".number").focus({ preventScroll: true });
  }

  async function copy(button) {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch { // no clipboard for pages from disk in some browsers
      const field = document.createElement("textarea");
      field.value = button.dataset.copy;
      body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus({ preventScroll: true });
    }
    status.textContent = "Copied.";
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  }

  function toHit(chip) {
    const holder = chip.closest("[data-key]"), key = holder ? holder.dataset.key : chip.dataset.from;
    const hit = document.getElementById(chip.hash.slice(1));
    if (!hit) return false;
    pin(key ? [key] : hit.dataset.of.split(" "), { hit });
    hit.focus({ preventScroll: true });
    return true;
  }

  for (const holder of holders) {
    const key = holder.dataset.key;
    holder.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse" && !pinned.length) show([key]); });
    holder.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse" && !pinned.length) light([]); });
    holder.addEventListener("focusin", () => { if (!pinned.includes(key) && holder.matches(":focus-within:has(:focus-visible)")) { pinned = []; show([key]); } });
    holder.addEventListener("focusout", () => { if (!pinned.length) light([]); });
  }
  for (const hit of hits) {
    const keys = hit.dataset.of.split(" ");
    hit.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse" && !pinned.length) light(keys); });
    hit.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse" && !pinned.length) light([]); });
  }

  document.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest(selector);
    const link = on("a[href^='#']");
    if (on(".taking")) copy(on(".taking"));
    else if (on(".close")) { const keys = pinned; pin([]); if (keys.length) holderOf(keys[0]).querySelector(".number").focus(); }
    else if (link && (link.matches(".chip") || link.closest("td"))) { if (toHit(link)) event.preventDefault(); }
    else if (link && link.matches(".back")) { event.preventDefault(); back([link.hash.slice(1)]); }
    else if (link && holderOf(link.hash.slice(1))) pin([link.hash.slice(1)], { sheet: link.matches(".number") });
    else if (on("a")) return;
    else if (on(".hit")) back(on(".hit").dataset.of.split(" "));
    else if (on("[data-key]") && !String(getSelection())) {
      const key = on("[data-key]").dataset.key;
      pin(pinned.includes(key) ? [] : [key]);
    } else if (on("main")) pin([]);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") pin([]); });

  const fromAddress = () => { const key = location.hash.slice(1); if (holderOf(key)) pin([key], { sheet: false }); };
  addEventListener("hashchange", () => { if (!pinned.includes(location.hash.slice(1))) fromAddress(); });
  fromAddress();
})();
