// Shows messages as Discord does. Everything is built of nodes and texts; nothing is parsed as HTML.
"use strict";
const Discord = (() => {
  const el = (tag, cls, ...inner) => {
    const e = document.createElement(tag);
    if (cls) e.className = cls;
    e.append(...inner.filter((x) => x !== null && x !== undefined && x !== ""));
    return e;
  };
  const web = (u) => /^https?:\/\//i.test(u || "");
  const link = (href, ...inner) => {
    const a = el("a", "", ...inner);
    if (web(href)) { a.href = href; a.rel = "noopener noreferrer"; a.target = "_blank"; }
    return a;
  };
  const img = (cls, media, alt) => {
    const i = el("img", cls);
    if (media && web(media.url)) i.src = media.url;
    i.alt = i.title = alt || "";
    return i;
  };

  // Markdown within a line, in Discord's dialect. Each rule: where it begins, and what it becomes.
  const inlineRules = [
    [/^\\([^A-Za-z0-9\s])/, (m) => m[1]],
    [/^``?([^`]+?)``?(?!`)/, (m) => el("code", "", m[1])],
    [/^\[((?:\\.|[^\]\\])+)\]\(<?(https?:\/\/[^\s)>]+(?:\([^\s)]*\)[^\s)>]*)*)>?(?: "[^"]*")?\)/, (m, u) => link(m[2], ...inline(m[1], u))],
    [/^<(https?:\/\/[^\s>]+)>/, (m) => link(m[1], m[1])],
    [/^https?:\/\/[^\s<]*[^\s<.,:;"')\]*_|]/, (m) => link(m[0], m[0])],
    [/^<@!?(\d+)>/, (m, u) => el("span", "mention", "@" + (u[m[1]] || "unknown-user"))],
    [/^<@&(\d+)>/, () => el("span", "mention", "@role")],
    [/^<#(\d+)>/, (m, u) => el("span", "mention", "#" + (u[m[1]] || "channel"))],
    [/^<\/([^:>]+):\d+>/, (m) => el("span", "mention", "/" + m[1])],
    [/^@(everyone|here)/, (m) => el("span", "mention", m[0])],
    [/^<t:(-?\d+)(?::([tTdDfFR]))?>/, (m) => el("span", "stamp", stamp(Number(m[1]), m[2]))],
    [/^<a?:(\w+):\d+>/, (m) => ":" + m[1] + ":"],
    [/^\*\*\*([\s\S]+?)\*\*\*/, (m, u) => el("b", "", el("i", "", ...inline(m[1], u)))],
    [/^\*\*([\s\S]+?)\*\*(?!\*)/, (m, u) => el("b", "", ...inline(m[1], u))],
    [/^__([\s\S]+?)__(?!_)/, (m, u) => el("u", "", ...inline(m[1], u))],
    [/^~~([\s\S]+?)~~/, (m, u) => el("s", "", ...inline(m[1], u))],
    [/^\|\|([\s\S]+?)\|\|/, (m, u) => el("span", "spoiler", ...inline(m[1], u))],
    [/^\*(?!\s)((?:\\.|[^*\\])+?)\*(?!\*)/, (m, u) => el("i", "", ...inline(m[1], u))],
    [/^_((?:\\.|[^_\\])+?)_(?![A-Za-z0-9_])/, (m, u) => el("i", "", ...inline(m[1], u))],
  ];
  function inline(text, users) {
    const out = [];
    let plain = "", before = "";
    const flush = () => { if (plain) out.push(plain); plain = ""; };
    next: while (text) {
      for (const [rule, make] of inlineRules) {
        const m = rule.exec(text);
        if (!m || (m[0][0] === "_" && m[0][1] !== "_" && /\w/.test(before))) continue;
        flush();
        out.push(make(m, users));
        before = m[0].slice(-1);
        text = text.slice(m[0].length);
        continue next;
      }
      const n = text.codePointAt(0) > 0xffff ? 2 : 1;
      before = text.slice(0, n);
      plain += before;
      text = text.slice(n);
    }
    flush();
    return out;
  }
  function stamp(seconds, style) {
    const d = new Date(seconds * 1000);
    if (style === "R") {
      const ago = (Date.now() - d) / 1000, unit = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]].find(([, s]) => Math.abs(ago) >= s) || ["second", 1];
      return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(-Math.round(ago / unit[1]), unit[0]);
    }
    const how = { t: { timeStyle: "short" }, T: { timeStyle: "medium" }, d: { dateStyle: "short" }, D: { dateStyle: "long" }, F: { dateStyle: "full", timeStyle: "short" } }[style] || { dateStyle: "long", timeStyle: "short" };
    return d.toLocaleString("en", how);
  }
  // Blocks: code, headings, small text, quotes, lists; whatever else is lines.
  function text(source, users, cls = "text") {
    const out = el("div", cls);
    out.dir = "auto";
    const lines = source.split("\n");
    let plain = [];
    const flush = () => { if (plain.length) out.append(...inline(plain.join("\n"), users)); plain = []; };
    for (let i = 0; i < lines.length; i++) {
      const l = lines[i];
      let m;
      if ((m = /^```(\w*)\s*$/.exec(l)) && lines.indexOf("```", i + 1) > i) {
        flush();
        const end = lines.indexOf("```", i + 1);
        out.append(el("pre", "", el("code", "", lines.slice(i + 1, end).join("\n"))));
        i = end;
      } else if ((m = /^(#{1,3}) +(.+)/.exec(l))) { flush(); out.append(el("h" + m[1].length, "", ...inline(m[2], users)));
      } else if ((m = /^-# +(.+)/.exec(l))) { flush(); out.append(el("small", "", ...inline(m[1], users)));
      } else if (/^> /.test(l)) {
        flush();
        const quoted = [];
        for (; i < lines.length && /^> ?/.test(lines[i]); i++) quoted.push(lines[i].replace(/^> ?/, ""));
        i--;
        out.append(el("blockquote", "", ...inline(quoted.join("\n"), users)));
      } else if ((m = /^ *(?:[-*]|(\d+)\.) +\S/.exec(l))) {
        flush();
        const list = el(m[1] ? "ol" : "ul");
        if (m[1]) list.start = Number(m[1]);
        for (; i < lines.length && (m = /^ *(?:[-*]|\d+\.) +(.+)/.exec(lines[i])); i++) list.append(el("li", "", ...inline(m[1], users)));
        i--;
        out.append(list);
      } else plain.push(l);
    }
    flush();
    return out;
  }

  const colour = (n) => "#" + (n || 0).toString(16).padStart(6, "0");
  const emoji = (e) => (e ? (e.id ? ":" + e.name + ":" : e.name) : null);
  const avatar = (u) => { const a = el("div", "avatar", (u.username || "?")[0].toUpperCase()); a.style.background = u.bot ? "#5865f2" : ["#3ba55c", "#eb459e", "#faa61a", "#747f8d"][u.username.length % 4]; return a; };
  const size = (n) => (n < 1024 ? n + " bytes" : n < 1048576 ? (n / 1024).toFixed(2) + " KB" : (n / 1048576).toFixed(2) + " MB");

  function embed(e, users) {
    const box = el("article", "embed");
    if (e.color) box.style.borderInlineStartColor = colour(e.color);
    if (e.thumbnail) box.append(img("thumb", e.thumbnail));
    if (e.author) box.append(el("div", "author", e.author.url ? link(e.author.url, e.author.name) : e.author.name));
    if (e.title) box.append(el("div", "title", e.url ? link(e.url, ...inline(e.title, users)) : el("span", "", ...inline(e.title, users))));
    if (e.description) box.append(text(e.description, users));
    if (e.fields) box.append(el("div", "fields", ...e.fields.map((f) => el("div", f.inline ? "inline" : "", el("b", "", ...inline(f.name, users)), text(f.value, users)))));
    if (e.image) box.append(img("big", e.image));
    const last = [e.footer && e.footer.text, e.timestamp && new Date(e.timestamp).toLocaleString("en", { dateStyle: "short", timeStyle: "short" })].filter(Boolean);
    if (last.length) box.append(el("footer", "", last.join(" • ")));
    return box;
  }

  function component(c, users, on) {
    const below = () => (c.components || []).map((b) => component(b, users, on));
    switch (c.type) {
      case 1: return el("div", "row", ...below());
      case 2: {
        const b = el(c.style === 5 ? "a" : "button", "part s" + c.style, emoji(c.emoji), c.label);
        if (c.style === 5) { if (web(c.url)) { b.href = c.url; b.target = "_blank"; b.rel = "noopener noreferrer"; } }
        else { b.disabled = !!c.disabled; b.onclick = () => on && on.click(c.custom_id); }
        return b;
      }
      case 3: case 5: case 6: case 7: case 8: {
        const many = (c.max_values || 1) > 1, s = el("select", "part");
        s.disabled = !!c.disabled;
        s.multiple = many && !!on;
        if (!s.multiple) { const hint = el("option", "", c.placeholder || "Make a selection"); hint.value = ""; s.append(hint); }
        const options = c.options || (on && on.candidates ? on.candidates(c.type) : []);
        for (const o of options) { const x = el("option", "", [emoji(o.emoji), o.label, o.description && "— " + o.description].filter(Boolean).join(" ")); x.value = o.value; x.selected = !!o.default; s.append(x); }
        s.onchange = () => on && !s.multiple && s.value && on.select(c.custom_id, [s.value]);
        s.onblur = () => on && s.multiple && s.selectedOptions.length >= (c.min_values ?? 1) && on.select(c.custom_id, [...s.selectedOptions].map((o) => o.value));
        return s;
      }
      case 9: return el("div", "section", el("div", "", ...below()), c.accessory ? component(c.accessory, users, on) : null);
      case 10: return text(c.content || "", users);
      case 11: return img("thumb", c.media, c.description);
      case 12: return el("div", "gallery" + (c.items.length === 1 ? " one" : ""), ...c.items.map((i) => img("", i.media, i.description)));
      case 13: return el("div", "file", "📄", el("span", "", link(c.file.url, decodeURIComponent((c.file.url || "").split("/").pop()))));
      case 14: return el("hr", "sep" + (c.divider === false ? "" : " line") + (c.spacing === 2 ? " large" : ""));
      case 17: {
        const box = el("section", "container", ...below());
        if (typeof c.accent_color === "number") { box.classList.add("accent"); box.style.setProperty("--accent", colour(c.accent_color)); }
        return box;
      }
    }
    return el("div", "note", "component of type " + c.type);
  }

  // message shows one message. users: names by id. on: what happens when parts of it are used.
  function message(m, users = {}, on = null) {
    const ephemeral = m.flags & 64, box = el("article", "message" + (ephemeral ? " ephemeral" : ""));
    box.dataset.id = m.id;
    if (m.referenced_message) box.append(el("div", "reply", "@" + m.referenced_message.author.username + " ", (m.referenced_message.content || "Click to see attachment").slice(0, 120)));
    else if (m.interaction_metadata && m.interaction_metadata.name) box.append(el("div", "reply", "@" + m.interaction_metadata.user.username + " used ", el("span", "mention", (m.type === 20 ? "/" : "") + m.interaction_metadata.name)));
    box.append(avatar(m.author));
    const at = new Date(m.timestamp);
    box.append(el("header", "", el("span", "name", m.author.global_name || m.author.username), m.author.bot ? el("span", "tag", "APP") : null, el("time", "", at.toLocaleString("en", { timeStyle: "short", timeZone: "UTC" }))));
    if (m.flags & 128) box.append(el("div", "thinking", m.author.username + " is thinking…"));
    if (m.content) box.append(text(m.content, users));
    if (m.edited_timestamp) (box.querySelector(".text") || box).append(el("span", "edited", " (edited)"));
    for (const a of m.attachments || []) {
      const used = JSON.stringify([m.embeds, m.components]).includes(a.url);
      if (used) continue;
      box.append((a.content_type || "").startsWith("image/") ? img("attached", a, a.description) : el("div", "file", "📄", el("span", "", link(a.url, a.filename), el("small", "", size(a.size)))));
    }
    if (!(m.flags & 4)) for (const e of m.embeds || []) box.append(embed(e, users));
    if ((m.components || []).length) box.append(el("div", "components", ...m.components.map((c) => component(c, users, on))));
    if ((m.reactions || []).length) box.append(el("div", "reactions", ...m.reactions.map((r) => { const b = el("button", r.me ? "me" : "", r.emoji.name + " " + r.count); b.onclick = () => on && on.react(r.emoji.name); return b; })));
    if (m.thread) box.append(el("div", "note", "🧵 " + m.thread.name));
    if (ephemeral) box.append(el("div", "note", "👁 Only you can see this"));
    return box;
  }
  return { message, text, el, component };
})();
