"use strict";
// Finds, filters and sorts the cards. Without it the page lists them all.
(() => {
  const cards = [...document.querySelectorAll(".card")], list = document.querySelector(".cards");
  const form = document.querySelector(".controls"), { words, outlet, order } = form.elements;
  const status = document.querySelector("[role=status]");
  document.body.classList.add("scripted");

  const outlets = new Map(cards.map((card) => [card, [...card.querySelectorAll(".outlet")].map((each) => each.textContent)]));
  const texts = new Map(cards.map((card) => [card, card.textContent.toLowerCase()]));
  const titles = new Map(cards.map((card) => [card, card.querySelector("h2").textContent]));
  const counts = new Map();
  for (const name of [...outlets.values()].flat()) counts.set(name, (counts.get(name) || 0) + 1);
  for (const name of [...counts.keys()].sort((a, b) => a.localeCompare(b))) outlet.add(new Option(`${name} (${counts.get(name)})`, name));

  const most = (key) => (a, b) => b.dataset[key] - a.dataset[key] || a.dataset.place - b.dataset.place;
  const orders = {
    place: (a, b) => a.dataset.place - b.dataset.place,
    day: (a, b) => b.dataset.day.localeCompare(a.dataset.day) || a.dataset.place - b.dataset.place,
    title: (a, b) => titles.get(a).localeCompare(titles.get(b)),
    lines: most("lines"),
    differ: most("differ"),
  };

  function find() {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const card of cards) {
      card.hidden = !(wanted.every((word) => texts.get(card).includes(word)) && (!outlet.value || outlets.get(card).includes(outlet.value)));
      shown += !card.hidden;
    }
    status.textContent = shown === cards.length ? `${shown} in all` : `${shown} of ${cards.length}`;
  }

  form.addEventListener("input", find);
  order.addEventListener("change", () => list.append(...cards.toSorted(orders[order.value])));
  form.addEventListener("submit", (event) => event.preventDefault());
  find();
})();
