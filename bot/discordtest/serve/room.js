// The channel by hand: shows what /state says and sends what one does to /do.
"use strict";
const $ = (id) => document.getElementById(id);
const { el } = Discord;
let who = 0, state = { commands: [], people: [] }, shown = "", slash = null, openForm = null;

const base64 = async (file) => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let s = "";
  for (let i = 0; i < bytes.length; i += 8192) s += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return { name: file.name, type: file.type, data: btoa(s) };
};
const post = (path, what) => fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ user: String(who), ...what }) });
async function act(what) {
  const r = await post("/do", what);
  $("note").textContent = r.ok ? "" : await r.text();
  await refresh();
}

async function refresh() {
  state = await (await fetch("/state?user=" + who)).json();
  const now = JSON.stringify([who, state.messages, state.commands]);
  if (now !== shown) {
    shown = now;
    const list = $("messages"), down = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
    list.replaceChildren(...state.messages.map(row));
    if (down) list.scrollTop = list.scrollHeight;
  }
  if (!$("who").options.length) $("who").append(...state.people.map((p, i) => new Option(p.username, i)));
  $("connected").textContent = state.connected ? "bot online" : "bot offline";
  if (state.notes.length) $("note").textContent = state.notes[0];
  if (state.forms.length && !openForm) ask(state.forms[0]);
}

function row(m) {
  const box = Discord.message(m, state.names, {
    click: (id) => act({ what: "click", message: m.id, name: id }),
    select: (id, values) => act({ what: "select", message: m.id, name: id, values }),
    react: (emoji) => act({ what: "react", message: m.id, name: emoji }),
    candidates: (type) => type === 5 || type === 7 ? state.people.map((p) => ({ label: p.username, value: p.id })) : type === 8 ? Object.entries(state.names).filter(([, n]) => n === state.channel).map(([value, label]) => ({ label: "#" + label, value })) : [],
  });
  const tool = (label, do_) => { const b = el("button", "", label); b.type = "button"; b.onclick = do_; return b; };
  const tools = el("div", "tools", ...state.commands.filter((c) => c.type === 3).map((c) => tool(c.name, () => act({ what: "menu", message: m.id, name: c.name }))),
    ...["📰", "👍"].map((e) => tool(e, () => act({ what: "react", message: m.id, name: e }))),
    tool("Reply", () => { const t = $("text").value.trim(); if (t) { $("text").value = ""; act({ what: "post", text: t, message: m.id }); } else { $("note").textContent = "Write the reply below first."; } }),
    tool("Delete", () => act({ what: "delete", message: m.id })));
  box.append(tools);
  return box;
}

// Slash commands: a list while one types, then a field for each option.
const flat = () => state.commands.filter((c) => c.type === 1).flatMap((c) => {
  const deeper = (name, d) => { const subs = (d.options || []).filter((o) => o.type <= 2); return subs.length ? subs.flatMap((s) => deeper(name + " " + s.name, s)) : [{ name, description: d.description, options: d.options || [] }]; };
  return deeper(c.name, c);
});
function suggest() {
  const typed = $("text").value, list = $("commands");
  list.hidden = slash || !typed.startsWith("/");
  if (list.hidden) return;
  list.replaceChildren(...flat().filter((c) => c.name.startsWith(typed.slice(1).trim())).map((c) => { const b = el("button", "", el("b", "", "/" + c.name), "  " + c.description); b.type = "button"; b.onclick = () => choose(c); return b; }));
}
function choose(c) {
  slash = c;
  $("commands").hidden = true;
  $("text").value = "/" + c.name;
  $("files").hidden = true;
  $("options").hidden = false;
  $("options").replaceChildren(...c.options.flatMap((o) => {
    let field;
    if (o.choices) field = el("select", "", new Option("", ""), ...o.choices.map((x) => new Option(x.name, x.value)));
    else if (o.type === 5) field = el("select", "", new Option("", ""), new Option("true"), new Option("false"));
    else if (o.type === 6) field = el("select", "", new Option("", ""), ...state.people.map((p) => new Option(p.username)));
    else if (o.type === 7) field = el("select", "", new Option("", ""), new Option(state.channel));
    else { field = el("input"); field.type = o.type === 11 ? "file" : "text"; }
    field.required = !!o.required;
    field.dataset.option = o.name;
    if (o.autocomplete) {
      const offered = el("datalist"), names = new Map();
      offered.id = "of-" + o.name;
      field.setAttribute("list", offered.id);
      field.autocomplete = "off";
      field.oninput = async () => {
        const r = await post("/autocomplete", { name: c.name, options: { ...values(), [o.name]: field.value }, focused: o.name });
        if (!r.ok) return;
        names.clear();
        offered.replaceChildren(...(await r.json()).map((x) => { names.set(x.name, x.value); return new Option("", x.name); }));
      };
      field.chosen = () => names.has(field.value) ? String(names.get(field.value)) : field.value;
      return [el("label", "", o.name), el("span", "", field, offered)];
    }
    const label = el("label", "", o.name);
    label.title = field.title = o.description;
    return [label, field];
  }));
  ($("options").querySelector("input, select") || $("text")).focus();
}
const fields = () => [...$("options").querySelectorAll("[data-option]")];
const values = () => Object.fromEntries(fields().filter((f) => f.type !== "file" && f.value !== "").map((f) => [f.dataset.option, f.chosen ? f.chosen() : f.value]));
function reset() {
  slash = null;
  $("options").hidden = true;
  $("options").replaceChildren();
  $("files").hidden = false;
  $("text").value = $("files").value = "";
}
$("text").oninput = () => { if (slash && $("text").value !== "/" + slash.name) { const t = $("text").value; reset(); $("text").value = t; } suggest(); };
$("form").onsubmit = async (e) => {
  e.preventDefault();
  const typed = $("text").value.trim();
  if (slash) {
    const files = [];
    for (const f of fields()) if (f.type === "file" && f.files[0]) files.push({ ...(await base64(f.files[0])), field: f.dataset.option });
    const what = { what: "slash", name: slash.name, options: values(), files };
    reset();
    return act(what);
  }
  const named = flat().find((c) => "/" + c.name === typed);
  if (named) return named.options.length ? choose(named) : (reset(), act({ what: "slash", name: named.name, options: {} }));
  const files = await Promise.all([...$("files").files].map(base64));
  if (!typed && !files.length) return;
  reset();
  act({ what: "post", text: typed, files });
};

// Forms of the bot.
function ask(form) {
  openForm = form.interaction;
  const dialog = $("modal"), box = dialog.querySelector(".fields-of-form");
  dialog.querySelector("h2").textContent = form.modal.title;
  box.replaceChildren(...form.modal.components.map((c) => {
    if (c.type === 10) return Discord.text(c.content, state.names);
    const inner = c.type === 18 ? c.component : c.components[0], label = el("label", "", c.label || inner.label, c.description ? el("small", "note", " " + c.description) : null);
    let field;
    if (inner.type === 3) { field = el("select", "", ...inner.options.map((o) => { const x = new Option(o.label, o.value); x.selected = !!o.default; return x; })); field.multiple = (inner.max_values || 1) > 1; }
    else if (inner.type === 5) field = el("select", "", ...state.people.map((p) => new Option(p.username, p.id)));
    else if (inner.type === 19) { field = el("input"); field.type = "file"; }
    else { field = el(inner.style === 2 ? "textarea" : "input"); field.value = inner.value || ""; field.placeholder = inner.placeholder || ""; field.maxLength = inner.max_length || 4000; if (inner.min_length) field.minLength = inner.min_length; }
    field.required = inner.required !== false;
    field.dataset.id = inner.custom_id;
    label.append(field);
    return label;
  }));
  dialog.returnValue = "cancel";
  dialog.onclose = async () => {
    const what = { what: "submit", name: form.interaction };
    if (dialog.returnValue === "send") {
      what.options = {}; what.files = [];
      for (const f of box.querySelectorAll("[data-id]")) {
        if (f.type === "file") { if (f.files[0]) what.files.push({ ...(await base64(f.files[0])), field: f.dataset.id }); }
        else what.options[f.dataset.id] = f.tagName === "SELECT" ? [...f.selectedOptions].map((o) => o.value) : f.value;
      }
    }
    await act(what);
    openForm = null;
  };
  dialog.showModal();
}

$("who").onchange = () => { who = Number($("who").value); refresh(); };
$("theme").onclick = () => { const light = document.documentElement.classList.toggle("light"); $("theme").textContent = light ? "Dark" : "Light"; };
// Asked again and again, one after the other: the page is for a person at one machine.
(async function watch() { for (;;) { try { await refresh(); } catch { $("connected").textContent = "server gone"; } await new Promise((r) => setTimeout(r, 400)); } })();
