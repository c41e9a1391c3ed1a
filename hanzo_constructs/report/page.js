"use strict";
(() => {
  const FIRST = 200;
  const FIRST_OF_PANEL = 25;
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("list").textContent);
  const rows = data.resources;
  const byKey = new Map(rows.map((row) => [row.key, row]));
  let sorted = { column: "", falling: false };
  let shown = FIRST;
  let matches = rows;

  /** Make an element; text becomes text, never markup. */
  function el(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (typeof value === "function") made.addEventListener(name, value);
      else if (value !== undefined) made.setAttribute(name, value);
    }
    made.append(...children.filter((child) => child || child === 0));
    return made;
  }

  const rounded = (number) => String(Number(number.toFixed(number < 10 ? 2 : number < 100 ? 1 : 0)));
  const cpu = (thousandths) => (thousandths < 1000 ? `${thousandths}m` : rounded(thousandths / 1000));
  const format = new Intl.NumberFormat("en");
  const plain = (number) => format.format(number);
  function bytes(number) {
    const units = ["", "Ki", "Mi", "Gi", "Ti", "Pi"];
    let unit = 0;
    while (number >= 1024 && unit < units.length - 1) { number /= 1024; unit += 1; }
    return number ? `${Number(number.toFixed(number < 10 ? 1 : 0))}${units[unit]}` : "0";
  }
  const range = ([least, most], form) => (least === most ? form(least) : `${form(least)} – ${form(most)}`);
  const orDash = (pair, form) => (pair[1] ? range(pair, form) : "–");
  const counted = (number, one, many) => `${plain(number)} ${number === 1 ? one : many || `${one}s`}`;
  const add = (total, pair) => { total[0] += pair[0]; total[1] += pair[1]; };

  for (const row of rows) Object.assign(row, { ways: [], found: [], callers: [], callees: [] });
  for (const way of data.ways) byKey.get(way.owner)?.ways.push(way);
  for (const each of data.found) byKey.get(each.subject)?.found.push(each);
  for (const link of data.links) {
    byKey.get(link.from)?.callees.push([link.to, link.ports]);
    byKey.get(link.to)?.callers.push([link.from, link.ports]);
  }
  for (const row of rows) {
    const hosts = row.ways.map((way) => way.host + way.path);
    row.hay = [row.key, row.owner, row.partOf, row.where, ...row.images, ...row.children, ...hosts].join("\n").toLowerCase();
  }

  const COLUMNS = [
    ["Resource", "", (row) => row.name, null],
    ["Pods", "number", (row) => row.pods[1], (row) => (row.workloads.length ? range(row.pods, plain) : "–")],
    ["CPU", "number lesser", (row) => row.cpu[1], (row) => orDash(row.cpu, cpu)],
    ["Memory", "number lesser", (row) => row.memory[1], (row) => orDash(row.memory, bytes)],
    ["Disk", "number lesser", (row) => row.disk[1], (row) => orDash(row.disk, bytes)],
    ["Budget", "lesser", (row) => row.budget, (row) => row.budget || "–"],
    ["Reached at", "lesser", (row) => (row.ways[0] || {}).host || "", (row) => reachedAt(row)],
    ["Warnings", "", (row) => row.found.length, (row) => badge(row)],
  ];

  function reachedAt(row) {
    const hosts = [...new Set(row.ways.map((way) => way.host))];
    return hosts.length > 1 ? `${hosts[0]} and ${hosts.length - 1} more` : hosts[0] || "–";
  }

  function badge(row) {
    const warnings = row.found.filter((each) => each.severity === "warning").length;
    const notes = row.found.length - warnings;
    const badges = [];
    if (warnings) badges.push(el("span", { class: "badge" }, counted(warnings, "warning")));
    if (notes) badges.push(el("span", { class: "badge note" }, counted(notes, "note")));
    return badges.length ? el("span", {}, ...badges) : "–";
  }

  const nameOf = (row) => el("button", { type: "button", class: "name", "data-key": row.key, click: () => open(row) }, row.name);
  function linkTo(key) {
    const row = byKey.get(key);
    return row ? nameOf(row) : el("span", {}, key);
  }

  function renderHead() {
    const cells = COLUMNS.map(([title, kind], index) => {
      const sort = sorted.column === title ? (sorted.falling ? "descending" : "ascending") : undefined;
      const click = () => {
        const falling = sorted.column === title ? !sorted.falling : kind.startsWith("number") || title === "Warnings";
        sorted = { column: title, falling };
        render();
        $("rows").tHead.rows[0].cells[index].firstChild.focus();
      };
      return el("th", { scope: "col", class: kind, "aria-sort": sort }, el("button", { type: "button", click }, title));
    });
    $("rows").tHead.replaceChildren(el("tr", {}, ...cells));
  }

  function lineOf(row) {
    const place = [row.kind, row.namespace, row.owner && `of ${row.owner}`].filter(Boolean).join(" · ");
    const cells = COLUMNS.slice(1).map(([, kind, , cell]) => el("td", { class: kind }, cell(row)));
    return el("tr", {}, el("th", { scope: "row" }, nameOf(row), el("small", {}, place)), ...cells);
  }

  function renderRows() {
    const body = matches.slice(0, shown).map((row) => (row.line ||= lineOf(row)));
    if (!body.length) body.push(el("tr", {}, el("td", { colspan: COLUMNS.length, class: "empty" }, "Nothing matches.")));
    $("rows").tBodies[0].replaceChildren(...body);
    const rest = matches.length - shown;
    $("more").hidden = rest <= 0;
    $("more").textContent = rest > 0 ? `Show ${plain(Math.min(rest, FIRST))} more of ${plain(rest)}` : "";
  }

  function sums(group) {
    const found = new Map();
    for (const row of matches) {
      const key = group(row);
      if (!found.has(key)) found.set(key, { resources: 0, pods: [0, 0], cpu: [0, 0], memory: [0, 0], disk: [0, 0], devices: {} });
      const sum = found.get(key);
      sum.resources += 1;
      for (const what of ["pods", "cpu", "memory", "disk"]) add(sum[what], row[what]);
      for (const [name, least, most] of row.devices) add((sum.devices[name] ||= [0, 0]), [least, most]);
    }
    return found;
  }

  function renderTiles(ways, found) {
    const [sum] = [...sums(() => "").values()];
    const tile = (title, value, below) => el("div", {}, el("dt", {}, title), el("dd", {}, value, below && el("small", {}, below)));
    const most = (pair, form) => (pair[0] === pair[1] ? "" : `up to ${form(pair[1])}`);
    const tiles = [tile("Resources", plain(matches.length), matches.length < rows.length && `of ${plain(rows.length)}`)];
    if (sum) {
      tiles.push(tile("Pods", plain(sum.pods[0]), most(sum.pods, plain)));
      tiles.push(tile("CPU asked for", cpu(sum.cpu[0]), most(sum.cpu, cpu)));
      tiles.push(tile("Memory asked for", bytes(sum.memory[0]), most(sum.memory, bytes)));
      tiles.push(tile("Disk", bytes(sum.disk[0]), most(sum.disk, bytes)));
      for (const [name, pair] of Object.entries(sum.devices)) tiles.push(tile(name, plain(pair[0]), most(pair, plain)));
    }
    tiles.push(tile("Hosts", plain(new Set(ways.map((way) => way.host)).size)));
    tiles.push(tile("Warnings", plain(found.filter((each) => each.severity === "warning").length)));
    $("tiles").replaceChildren(...tiles);
  }

  /** Fill a panel with a table, the first rows of it until more are asked for. */
  function panel(id, title, heads, body, none) {
    const section = $(id);
    const table = el("table", {}, el("thead", {}, el("tr", {}, ...heads.map(([head, kind]) => el("th", { scope: "col", class: kind }, head)))));
    const list = el("tbody");
    const line = (cells) => el("tr", {}, ...cells.map((cell, index) => el(index ? "td" : "th", { class: heads[index][1], scope: index ? undefined : "row" }, cell)));
    list.append(...body.slice(0, FIRST_OF_PANEL).map((each) => line(each())));
    table.append(list);
    const rest = body.length - FIRST_OF_PANEL;
    const further = rest > 0 && el("button", { type: "button", class: "further", click: () => {
      list.append(...body.slice(FIRST_OF_PANEL).map((each) => line(each())));
      further.remove();
    } }, `Show ${plain(rest)} more`);
    const heading = el("h2", { id: `${id}-title` }, title, " ", el("span", { class: "soft" }, body.length ? plain(body.length) : ""));
    section.setAttribute("aria-labelledby", `${id}-title`);
    section.replaceChildren(heading, body.length ? el("div", { class: "scroll" }, table) : el("p", { class: "empty" }, none), further || "");
  }

  function renderSums(id, title, head, group) {
    const heads = [[head, ""], ["Resources", "number"], ["Pods", "number"], ["CPU", "number"], ["Memory", "number"], ["Disk", "number lesser"]];
    const found = [...sums(group)].sort((one, other) => (one[0] < other[0] ? -1 : 1));
    const body = found.map(([key, sum]) => () => [key || "none", plain(sum.resources), range(sum.pods, plain), orDash(sum.cpu, cpu), orDash(sum.memory, bytes), orDash(sum.disk, bytes)]);
    panel(id, title, heads, body, "Nothing matches.");
  }

  function tally(lists) {
    const found = new Map();
    for (const each of lists) for (const item of each) found.set(item, (found.get(item) || 0) + 1);
    return [...found].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).map(([item, number]) => () => [item, plain(number)]);
  }

  function renderPanels() {
    const all = matches.length === rows.length;
    const keys = new Set(matches.map((row) => row.key));
    const ways = data.ways.filter((way) => (all ? true : keys.has(way.owner)));
    const found = data.found.filter((each) => (all ? true : keys.has(each.subject)));
    renderTiles(ways, found);
    renderSums("by-namespace", "Asked for, by namespace", "Namespace", (row) => row.namespace);
    renderSums("by-owner", "Asked for, by owner", "Owner", (row) => row.owner);
    panel("ways", "Reached from outside", [["Host", ""], ["Path", ""], ["TLS", "lesser"], ["Leads to", ""], ["Says", "lesser"]],
      ways.map((way) => () => [way.host, way.path || "–", way.tls ? "yes" : "no", el("span", {}, linkTo(way.owner || way.service), el("small", {}, `port ${way.port}`)), way.by]),
      "Nothing is reached from outside.");
    panel("found", "Warnings and notes", [["Of", ""], ["What", ""], ["Where", "lesser"]],
      found.map((each) => () => [linkTo(each.subject || each.where), said(each), each.where]), "There are none.");
    panel("images", "Images", [["Image", ""], ["Resources", "number"]], tally(matches.map((row) => row.images)), "There are none.");
    panel("children", "Objects", [["Kind", ""], ["Number", "number"]], tally(matches.map((row) => row.children)), "There are none.");
    for (const node of document.querySelectorAll("#picture g[data-key]")) {
      node.classList.toggle("faded", !all && byKey.has(node.dataset.key) && !keys.has(node.dataset.key));
    }
  }

  const said = (each) => el("span", {}, each.path && el("code", {}, `${each.path} `), each.message);

  function render() {
    const words = $("query").value.toLowerCase().split(/\s+/).filter(Boolean);
    const [namespace, owner, kind] = ["namespace", "owner", "kind"].map((id) => $(id).value);
    const isOpen = $("open").checked;
    const isDoubtful = $("doubtful").checked;
    matches = rows.filter((row) =>
      (!namespace || namespace === `=${row.namespace}`) && (!owner || owner === `=${row.owner}`) && (!kind || kind === `=${row.kind}`)
      && (!isOpen || row.ways.length) && (!isDoubtful || row.found.length) && words.every((word) => row.hay.includes(word)));
    const column = COLUMNS.find(([title]) => title === sorted.column);
    if (column) {
      const [, , by] = column;
      const sign = sorted.falling ? -1 : 1;
      matches.sort((one, other) => { const a = by(one), b = by(other); return a < b ? -sign : a > b ? sign : 0; });
    }
    $("count").textContent = matches.length === rows.length ? plain(rows.length) : `${plain(matches.length)} of ${plain(rows.length)}`;
    renderHead();
    renderRows();
    renderPanels();
  }

  let opened;
  /** Return the values of all objects with their reasons; they are packed, and unpacked once. */
  function values() {
    opened ||= (async () => {
      const packed = Uint8Array.from(atob($("values").textContent), (letter) => letter.charCodeAt(0));
      const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
      return JSON.parse(await new Response(stream).text());
    })();
    return opened;
  }

  function facts(row) {
    const list = el("dl", { class: "facts" });
    const fact = (title, value) => value && list.append(el("dt", {}, title), el("dd", {}, value));
    fact("Declared", row.where);
    fact("Epoch", row.epoch);
    fact("Owner", row.owner);
    fact("Part of", row.partOf);
    fact("Runs as", row.workloads.join(", "));
    fact("Pods", row.workloads.length && range(row.pods, plain));
    fact("CPU asked for", row.cpu[1] && range(row.cpu, cpu));
    fact("Memory asked for", row.memory[1] && range(row.memory, bytes));
    fact("Disk", row.disk[1] && range(row.disk, bytes));
    for (const [name, least, most] of row.devices) fact(name, range([least, most], plain));
    fact("Disruption budget", row.budget);
    fact("Images", row.images.join(", "));
    return list;
  }

  function around(row) {
    const item = ([key, ports]) => el("li", {}, linkTo(key), ports.length && el("small", {}, ports.join(", ")));
    const hosts = [...new Set(row.ways.map((way) => `${way.host}${way.path && way.path !== "/" ? way.path : ""}`))];
    const left = [...hosts.map((host) => el("li", { class: "outside" }, host)), ...row.callers.map(item)];
    const right = row.callees.map(item);
    if (!left.length && !right.length) return [];
    const list = (items, label, none) => el("ul", { "aria-label": label }, ...(items.length ? items : [el("li", { class: "soft" }, none)]));
    const arrow = () => el("span", { class: "arrow", "aria-hidden": "true" }, "→");
    return [el("h3", {}, "Who connects to whom"), el("div", { class: "around" },
      list(left, "Connects to it", "nobody"), arrow(), el("div", { class: "self" }, row.name, el("small", {}, row.kind)), arrow(), list(right, "It connects to", "nothing"))];
  }

  async function fillChildren(row, place, filter) {
    const { texts, shapes, children, resources } = await values();
    const text = (index) => texts[index].split("\0").join(row.name);
    const boxes = resources[row.index].map((number) => {
      const [kind, name, by, shape, of] = children[number];
      const [paths, reasons] = shapes[shape];
      const lines = paths.map((path, index) => [text(path), text(of[index]), text(reasons[index])]);
      const body = el("tbody");
      const heads = ["Field", "Value", "Why"].map((head) => el("th", { scope: "col" }, head));
      const box = el("details", {}, el("summary", {}, `${text(kind)} ${text(name)} `, el("span", { class: "soft" }, text(by))),
        el("table", { class: "values" }, el("thead", {}, el("tr", {}, ...heads)), body));
      const fill = (wanted) => body.replaceChildren(...lines.filter((line) => wanted(line)).map(([path, value, why]) =>
        el("tr", {}, el("th", { scope: "row", class: "mono" }, path), el("td", { class: "mono" }, value), el("td", {}, why))));
      box.addEventListener("toggle", () => { if (box.open && !body.rows.length) fill(() => true); });
      return { box, lines, fill };
    });
    place.replaceChildren(...boxes.map((each) => each.box));
    filter.addEventListener("input", () => {
      const word = filter.value.trim().toLowerCase();
      for (const { box, lines, fill } of boxes) {
        const wanted = (line) => line.some((part) => part.toLowerCase().includes(word));
        const has = lines.some(wanted);
        box.hidden = !has;
        box.open = Boolean(word) && has;
        fill(wanted);
      }
    });
  }

  function open(row) {
    const dialog = $("detail");
    const place = el("div", {}, el("p", { class: "soft" }, "Reading the values."));
    const filter = el("input", { type: "search", "aria-label": "Search fields, values and reasons", placeholder: "Search fields, values and reasons" });
    const close = el("button", { type: "button", click: () => dialog.close() }, "Close");
    const title = el("div", {}, el("h2", { id: "detail-title", tabindex: "-1" }, row.name), el("p", { class: "soft" }, [row.kind, row.namespace && `in ${row.namespace}`].filter(Boolean).join(" ")));
    const found = row.found.length ? [el("h3", {}, "Warnings and notes"), el("ul", { class: "found" }, ...row.found.map((each) =>
      el("li", {}, el("span", { class: each.severity === "warning" ? "badge" : "badge note" }, each.severity), " ", said(each))))] : [];
    dialog.replaceChildren(el("div", { class: "top" }, title, close), facts(row), ...around(row), ...found,
      el("h3", {}, "Objects, and why each value is what it is"), filter, place);
    fillChildren(row, place, filter).catch(() => place.replaceChildren(el("p", { class: "notice" }, "This browser cannot unpack the values.")));
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    history.replaceState(null, "", `#${encodeURIComponent(row.key)}`);
  }

  function fillSelect(id, values) {
    const own = [...new Set(values)].sort();
    $(id).append(el("option", { value: "" }, "all"), ...own.map((each) => el("option", { value: `=${each}` }, each || "none")));
    $(id).addEventListener("change", changed);
  }
  function changed() {
    shown = FIRST;
    render();
  }

  function about() {
    const epochs = [...new Set(rows.map((row) => row.epoch))].sort();
    const parts = [counted(rows.length, "resource"), counted(new Set(rows.map((row) => row.namespace)).size, "namespace"), epochs.length && `epoch ${epochs.join(" and ")}`];
    if (data.own) parts.push(`${counted(data.own, "object")} of your own, whose pods are not counted`);
    $("about").textContent = parts.filter(Boolean).join(" · ");
  }

  rows.forEach((row, index) => { row.index = index; });
  fillSelect("namespace", rows.map((row) => row.namespace));
  fillSelect("owner", rows.map((row) => row.owner));
  fillSelect("kind", rows.map((row) => row.kind));
  $("query").addEventListener("input", changed);
  $("open").addEventListener("change", changed);
  $("doubtful").addEventListener("change", changed);
  $("more").addEventListener("click", () => { shown += FIRST; renderRows(); });
  $("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
  });
  $("picture").addEventListener("click", (event) => {
    const row = byKey.get(event.target.closest("g[data-key]")?.dataset.key);
    if (row) open(row);
  });
  $("detail").addEventListener("close", () => history.replaceState(null, "", location.pathname + location.search));
  $("detail").addEventListener("click", (event) => { if (event.target === $("detail")) $("detail").close(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.matches("input, select") && !$("detail").open) {
      event.preventDefault();
      $("query").focus();
    }
  });
  about();
  render();
  const asked = byKey.get(decodeURIComponent(location.hash.slice(1)));
  if (asked) open(asked);
})();
