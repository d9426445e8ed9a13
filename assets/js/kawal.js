// Kawal works without this file. What is here only saves steps.
"use strict";

// "/" goes to the search box.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = event.target;
  if (at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName))) return;
  const box = [...document.querySelectorAll("input[type=search]")].find((input) => input.offsetParent !== null);
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// The search icon of the phone bar leads to the box of the list.
if (location.hash === "#cari") document.getElementById("cari")?.focus();

// The line of tabs and the list of sections follow the reader.
const marks = new Map();
for (const link of document.querySelectorAll("[data-follow] a[href^='#']")) {
  const part = document.getElementById(link.hash.slice(1));
  if (part) marks.set(part, link);
}
if (marks.size > 0 && "IntersectionObserver" in window) {
  const seen = new Set();
  const follow = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) entry.isIntersecting ? seen.add(entry.target) : seen.delete(entry.target);
      const first = [...marks.keys()].find((part) => seen.has(part));
      if (!first) return;
      for (const [part, link] of marks) {
        if (part === first) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    },
    { rootMargin: "-15% 0px -60% 0px" },
  );
  for (const part of marks.keys()) follow.observe(part);
}

// A form with unsaved changes asks before it is left; a second press of the same button sends nothing.
for (const form of document.querySelectorAll("form[data-keep]")) {
  let changed = form.dataset.keep === "changed";
  let sending = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", (event) => {
    // A preview opens beside the form and saves nothing.
    if (event.submitter?.formTarget) return;
    if (sending) event.preventDefault();
    sending = true;
    changed = false;
  });
  window.addEventListener("pageshow", () => { sending = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

// The reader's choice of narrow rows stays in this browser.
const narrow = document.getElementById("rapat");
if (narrow) {
  try {
    narrow.checked = localStorage.getItem("rapat") === "1";
    narrow.addEventListener("change", () => localStorage.setItem("rapat", narrow.checked ? "1" : "0"));
  } catch { /* a browser without storage forgets the choice */ }
}

// After an error the summary is read first.
document.querySelector(".errors")?.focus();

// A copy is compared on this device: the file is hashed here and never leaves it.
const compare = document.querySelector("form[data-compare]");
if (compare && window.crypto?.subtle) {
  compare.addEventListener("submit", async (event) => {
    const file = compare.querySelector("input[type=file]").files[0];
    if (!file) return;
    event.preventDefault();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    const sum = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const known = document.querySelector(`[data-sum="${sum}"]`);
    const told = document.querySelector("[data-compared]");
    const name = document.createElement("b");
    const hash = document.createElement("span");
    name.textContent = file.name;
    hash.className = "sum";
    hash.textContent = sum;
    const result = known ? known.dataset.means : "berbeda dari naskah yang diterbitkan dan dari pindaian yang tercatat";
    told.firstElementChild.replaceChildren(name, ` ${result}.`, hash);
    told.className = `note flash ${known ? "ok" : "overdue"}`;
    told.hidden = false;
    told.scrollIntoView({ block: "center" });
  });
}
// "All on this page" ticks the rows, and a row that is unticked unticks it.
const pick = document.querySelector("form[data-pick]");
if (pick) {
  const rows = [...document.querySelectorAll(`input[form="${pick.id}"]`)];
  const page = pick.elements.namedItem("halaman");
  page.addEventListener("change", () => { for (const row of rows) row.checked = page.checked; });
  for (const row of rows) row.addEventListener("change", () => { page.checked = rows.every((one) => one.checked); });
}

// While a bundle downloads, its page says how far it is.
const tell = (told) => {
  document.querySelector("[data-bundle-sentence]").textContent = told.sentence;
  const bar = document.querySelector("[data-bundle-bar]");
  bar.max = told.total;
  bar.value = told.done;
  const box = document.querySelector("[data-bundle-failures]");
  box.hidden = told.failed === 0;
  const lines = told.failures.map((failure) => {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = failure.href;
    link.textContent = failure.agreement;
    const why = document.createElement("span");
    why.textContent = `${failure.paper}: ${failure.reason}`;
    line.append(link, why);
    return line;
  });
  if (told.failed > lines.length) {
    const more = document.createElement("li");
    more.textContent = `dan ${told.failed - lines.length} lagi, lihat kegagalan.txt di dalam unduhan`;
    lines.push(more);
  }
  box.querySelector("ul").replaceChildren(...lines);
};
let watching = 0;
const watchBundle = (address) => {
  const mine = ++watching;
  let misses = 0;
  const look = async () => {
    if (mine !== watching) return;
    try {
      const answer = await fetch(address, { headers: { accept: "application/json" } });
      if (answer.ok) {
        const told = await answer.json();
        tell(told);
        if (told.state !== "running") return;
        misses = 0;
      } else if (++misses > 30) return;
    } catch { if (++misses > 30) return; }
    setTimeout(look, 1000);
  };
  setTimeout(look, 500);
};
for (const form of document.querySelectorAll("form[data-bundle]")) {
  document.querySelector("[data-bundle-link]").hidden = true;
  form.addEventListener("submit", () => {
    const section = document.getElementById("kemajuan");
    section.hidden = false;
    document.querySelector("[data-bundle-sentence]").textContent = "Unduhan disiapkan …";
    section.scrollIntoView({ block: "nearest" });
    watchBundle(form.dataset.bundle);
  });
}
for (const page of document.querySelectorAll("[data-bundle-watch]")) watchBundle(page.dataset.bundleWatch);
