// What is typed into the search field may be completed: a list box under it, as ARIA's combobox with a list pops up.
//
// Without this script the field is a plain field. Texts come from the server and are written with textContent only.
(() => {
  "use strict";

  const PAUSE_MS = 120;
  const field = document.querySelector("[data-suggestions]");
  if (!field) return;

  const list = document.createElement("ul");
  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.label);
  list.hidden = true;
  field.after(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
    field.setAttribute(name, value);
  }

  let typed = field.value;
  let chosen = -1;
  let waiting = 0;
  let request = null;
  let composing = false;

  const options = () => [...list.children];

  const close = () => {
    window.clearTimeout(waiting);
    if (request) request.abort();
    list.hidden = true;
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const kinds = JSON.parse(field.dataset.kinds);

  const option = ({ text, word, kind }, at) => {
    const made = document.createElement("li");
    made.id = `${list.id}-${at}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    // What was typed stands plain before what would be added.
    const start = Math.max(0, text.lastIndexOf(word));
    const begun = typed.slice(start);
    const kept = word.toLowerCase().startsWith(begun.toLowerCase()) ? begun.length : 0;
    const [whole, before, added] = [document.createElement("span"), document.createElement("span"), document.createElement("b")];
    before.textContent = text.slice(0, start);
    added.textContent = word.slice(kept);
    whole.append(before, word.slice(0, kept), added, text.slice(start + word.length));
    made.append(whole);
    if (kinds[kind]) {
      const told = document.createElement("i");
      told.textContent = kinds[kind];
      made.append(told);
    }
    made.dataset.text = text;
    // Pressing must not take the focus out of the field, or the list would close before it is let go.
    made.addEventListener("pointerdown", (event) => event.preventDefault());
    made.addEventListener("click", () => take(text));
    return made;
  };

  const show = (found) => {
    list.replaceChildren(...found.filter(({ text }) => text !== typed).map(option));
    if (!list.children.length || document.activeElement !== field) {
      close();
      return;
    }
    chosen = -1;
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    field.removeAttribute("aria-activedescendant");
  };

  const take = (text) => {
    field.value = text;
    close();
    field.form.requestSubmit();
  };

  const mark = (at) => {
    chosen = at;
    options().forEach((each, number) => each.setAttribute("aria-selected", String(number === at)));
    if (at < 0) {
      field.value = typed;
      field.removeAttribute("aria-activedescendant");
      return;
    }
    field.value = options()[at].dataset.text;
    field.setAttribute("aria-activedescendant", options()[at].id);
    options()[at].scrollIntoView({ block: "nearest" });
  };

  const ask = async () => {
    if (request) request.abort();
    if (!typed.trim()) {
      close();
      return;
    }
    request = new AbortController();
    const address = new URL(field.dataset.suggestions, window.location.href);
    address.searchParams.set("q", typed);
    try {
      const answer = await fetch(address, { signal: request.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      show((await answer.json()).suggestions);
    } catch {
      // Nothing is lost without suggestions, and the next key asks again.
    }
  };

  const later = () => {
    if (composing) return;
    typed = field.value;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(ask, PAUSE_MS);
  };

  field.addEventListener("input", later);
  // While a Chinese word is being spelt out its letters are no words yet.
  field.addEventListener("compositionstart", () => { composing = true; });
  field.addEventListener("compositionend", () => {
    composing = false;
    later();
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) {
      field.value = typed;
      close();
      event.preventDefault();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) {
        typed = field.value;
        ask();
        return;
      }
      const step = event.key === "ArrowDown" ? 1 : -1;
      const places = options().length + 1;
      mark(((chosen + 1 + step + places) % places) - 1);
    }
  });
  field.addEventListener("blur", close);
  field.form.addEventListener("submit", close);
})();
