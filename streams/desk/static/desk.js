// The desk works without this file: it adds the live list, keys, links between findings and texts, and the theme.
"use strict";
(() => {
  const root = document.documentElement;
  const THEMES = ["system", "light", "dark"];
  const memory = (name, store) => ({ // some windows keep nothing
    get: () => { try { return window[store].getItem(name); } catch { return null; } },
    set: (value) => { try { window[store].setItem(name, value); } catch { /* then it is not kept */ } },
  });
  const kept = memory("theme", "localStorage"), lastList = memory("list", "sessionStorage");
  const dress = (theme) => { if (theme === "light" || theme === "dark") root.dataset.theme = theme; else delete root.dataset.theme; };
  dress(kept.get()); // before anything is painted

  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);

  function themes() {
    const button = one("[data-theme-toggle]");
    if (!button) return;
    const name = () => THEMES.includes(kept.get()) ? kept.get() : "system";
    const show = () => { button.querySelector("[data-theme-name]").textContent = name(); };
    button.hidden = false;
    show();
    button.addEventListener("click", () => {
      kept.set(THEMES[(THEMES.indexOf(name()) + 1) % THEMES.length]);
      dress(kept.get());
      show();
    });
  }

  function live() {
    const rows = one("[data-rows][data-stream]");
    const state = one("[data-live-state]");
    if (!rows || !window.EventSource) return;
    const fresh = one("[data-fresh]"), announce = one("[data-announce]");
    const waiting = new Map();
    const MOST = 200;
    const find = (key) => all("[data-key]", rows).find((row) => row.dataset.key === key);
    const made = (html) => new DOMParser().parseFromString(html, "text/html").querySelector("li.row");
    const reading = () => window.scrollY > 120 || rows.contains(document.activeElement) || rows.querySelector(".selected");
    const tell = () => {
      one("[data-fresh-count]").textContent = waiting.size;
      fresh.hidden = waiting.size === 0;
      if (waiting.size) announce.textContent = `${waiting.size} new. Press n to show.`;
      document.title = document.title.replace(/^\(\d+\) /, "");
      if (waiting.size) document.title = `(${waiting.size}) ${document.title}`;
    };
    const put = (row) => {
      row.classList.add("new-row");
      rows.prepend(row);
      one("[data-empty]").hidden = true;
      for (const old of all("[data-key]", rows).slice(MOST)) if (!old.contains(document.activeElement)) old.remove();
    };
    const flush = () => {
      const count = waiting.size;
      for (const row of waiting.values()) put(row);
      waiting.clear();
      tell();
      return count;
    };
    const source = new EventSource(rows.dataset.stream);
    source.addEventListener("open", () => { state.textContent = "Live"; state.className = "on"; });
    source.addEventListener("error", () => {
      state.textContent = source.readyState === EventSource.CLOSED ? "Not live: load the page again" : "Not live: asking again";
      state.className = "off";
    });
    source.addEventListener("row", (event) => {
      const { key, html } = JSON.parse(event.data);
      const row = made(html), there = find(key);
      if (!row) return;
      if (there) { // where it stands, so that nothing moves
        const focused = there.contains(document.activeElement), selected = there.classList.contains("selected");
        there.replaceWith(row);
        row.classList.toggle("selected", selected);
        if (focused) row.querySelector("[data-open]").focus({ preventScroll: true });
      } else if (reading()) {
        waiting.set(key, row);
        tell();
      } else {
        put(row);
        announce.textContent = `New: ${row.querySelector("h3").textContent}`;
      }
    });
    source.addEventListener("leave", (event) => {
      const { key } = JSON.parse(event.data);
      if (waiting.delete(key)) tell();
      const there = find(key);
      if (there) { there.classList.add("left"); there.title = "withdrawn, or no longer fits the filters"; }
    });
    source.addEventListener("reset", () => {
      if (!reading()) location.reload();
      else { state.textContent = "Some were missed: load the page again"; state.className = "off"; source.close(); }
    });
    addEventListener("pagehide", () => source.close());
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
    const show = () => {
      if (!flush()) return;
      window.scrollTo({ top: 0 });
      rows.querySelector("[data-open]").focus({ preventScroll: true });
    };
    one("[data-fresh-button]").addEventListener("click", show);
    keys.n = show;
  }

  const keys = {};

  function list() {
    const entries = () => all(".row[data-key], tr[data-row]").filter((row) => row.querySelector("[data-open]"));
    if (!one("[data-rows]")) return;
    if (document.body.dataset.page === "list") lastList.set(location.pathname + location.search);
    const selected = () => entries().findIndex((row) => row.classList.contains("selected") || row.contains(document.activeElement));
    const select = (step) => {
      const rows = entries();
      if (!rows.length) return;
      const now = selected(), at = now < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.max(0, Math.min(rows.length - 1, now + step));
      rows.forEach((row, n) => row.classList.toggle("selected", n === at));
      rows[at].querySelector("[data-open]").focus({ preventScroll: true });
      rows[at].scrollIntoView({ block: "nearest" });
    };
    keys.j = () => select(1);
    keys.k = () => select(-1);
    keys.o = () => { const at = selected(); if (at >= 0) entries()[at].querySelector("[data-open]").click(); };
    keys.Enter = keys.o;
  }

  function alert() {
    if (document.body.dataset.page !== "alert") return;
    const cards = all(".card[id]");
    const marksOf = (card) => ["o", "c"].map((letter) => document.getElementById(letter + card.id.slice(1))).filter(Boolean);
    const light = (number, on) => {
      for (const letter of ["f", "o", "c"]) document.getElementById(letter + number)?.classList.toggle("here", on);
    };
    for (const card of cards) {
      const number = card.id.slice(1);
      for (const part of [card, ...marksOf(card)]) {
        for (const [event, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]])
          part.addEventListener(event, () => light(number, on));
      }
    }
    let at = -1;
    const go = (step) => {
      if (!cards.length) return;
      if (at >= 0) light(cards[at].id.slice(1), false);
      at = (at < 0 ? (step > 0 ? 0 : cards.length - 1) : at + step + cards.length) % cards.length;
      const card = cards[at];
      light(card.id.slice(1), true);
      (marksOf(card).pop() || card).scrollIntoView({ block: "center" });
      card.querySelector("a")?.focus({ preventScroll: true });
    };
    keys.f = () => go(1);
    keys.F = () => go(-1);
    keys.j = keys.f;
    keys.k = keys.F;
    keys.u = () => location.assign(lastList.get() || "/");
    const form = one("[data-decision]"), reason = one("#reason");
    if (form) {
      const need = () => { reason.required = form.elements.verdict.value === "dismissed"; };
      form.addEventListener("change", need);
      need();
      for (const choice of all("[data-key]", form)) keys[choice.dataset.key] = () => {
        choice.checked = true;
        need();
        form.scrollIntoView({ block: "center" });
        reason.focus({ preventScroll: true }); // nothing is sent from here: Enter makes a new line
      };
    }
    const print = one("[data-print]");
    if (print) { print.hidden = false; print.addEventListener("click", () => window.print()); }
  }

  function filters() {
    const box = one("[data-filters]");
    if (box && !("active" in box.dataset) && matchMedia("(max-width: 60rem)").matches) box.open = false;
    keys["/"] = () => {
      const field = one("[data-search]");
      if (!field) { location.assign("/"); return; }
      if (box) box.open = true;
      field.focus();
      field.select();
    };
  }

  function help() {
    const dialog = one("#help");
    if (!dialog) return;
    keys["?"] = () => { if (!dialog.open) dialog.showModal(); };
    for (const link of all("[data-help]")) link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      dialog.showModal();
    });
  }

  function listen() {
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const target = event.target;
      if (event.key === "Escape" && target.matches?.("input, textarea, select")) { target.blur(); return; }
      const typing = target.matches?.("input:not([type=radio]), textarea, select") || target.isContentEditable;
      if (typing || one("dialog[open]")) return;
      if (event.key === "Enter" && target.matches?.("a, button, summary, input")) return;
      const act = Object.hasOwn(keys, event.key) && keys[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    });
  }

  document.addEventListener("DOMContentLoaded", () => { themes(); live(); list(); alert(); filters(); help(); listen(); });
})();
