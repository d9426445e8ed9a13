#!/usr/bin/env bash
# Makes a release: binary, SHA-256, bill of materials and the licences of every crate in it.
#   docs/release.sh                 builds, and writes dist/kawal-<version>-<target>/ with its archive
#   docs/release.sh --dry-run       everything but the build: checks, bill of materials, licences
#   docs/release.sh --out FOLDER    another folder than dist
# RELEASE_FEATURES=tls-pg adds cargo features. Needs cargo, git, tar, sha256sum and python 3.8 or later.
# What to do before and after stands in docs/RELEASE.md.
set -euo pipefail
cd "$(dirname "$0")/.."

dry_run=no
out=dist
while [ $# -gt 0 ]; do
    case $1 in
        --dry-run) dry_run=yes ;;
        --out)
            [ $# -ge 2 ] || { echo "release: --out needs a folder" >&2; exit 2; }
            out=$2
            shift
            ;;
        *)
            echo "release: unknown argument $1" >&2
            exit 2
            ;;
    esac
    shift
done

features=${RELEASE_FEATURES:-}
target=$(rustc -vV | sed -n 's/^host: //p')
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
name="kawal-$version-$target"

refuse() {
    echo "release: $1" >&2
    [ "$dry_run" = yes ] || exit 1
}

grep -q "^## $version\b" CHANGELOG.md || refuse "CHANGELOG.md has no section for $version"
[ -z "$(git status --porcelain)" ] || refuse "the working tree has changes that are not committed"
git tag --points-at HEAD | grep -qx "v$version" || refuse "the commit is not tagged v$version"

mkdir -p "$out"
metadata=$(mktemp)
trap 'rm -f "$metadata"' EXIT
# The feature changes which crates are linked, so it is asked for here as well.
cargo metadata --locked --format-version 1 --filter-platform "$target" ${features:+--features "$features"} >"$metadata"

python3 - "$metadata" "$out/$name" "$(git log -1 --format=%cI)" <<'PYTHON'
"""Bill of materials (CycloneDX 1.5) and licence texts of everything that is linked or embedded."""
import hashlib, json, pathlib, re, sys, uuid

metadata = json.loads(pathlib.Path(sys.argv[1]).read_text())
prefix, made_at = sys.argv[2], sys.argv[3]
packages = {package["id"]: package for package in metadata["packages"]}
nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
root = metadata["resolve"]["root"]

# Licences under which a crate may be part of Kawal.
ALLOWED = {
    "MIT", "MIT-0", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0",
    "CC0-1.0", "CDLA-Permissive-2.0", "ISC", "OpenSSL", "PostgreSQL", "Unicode-3.0", "Unlicense", "Zlib", "0BSD",
}


def expression(package):
    """The SPDX expression; a slash is the old way of writing OR."""
    return re.sub(r"\s*/\s*", " OR ", package["license"] or "NOASSERTION")


def is_allowed(text):
    """Whether the expression can be met with allowed licences alone: OR needs one, AND needs all."""
    text = text.strip()

    def split(word):
        parts, depth, last, at = [], 0, 0, 0
        while at < len(text):
            depth += {"(": 1, ")": -1}.get(text[at], 0)
            if depth == 0 and text.startswith(f" {word} ", at):
                parts.append(text[last:at])
                last = at = at + len(word) + 2
                continue
            at += 1
        return parts + [text[last:]]

    if len(split("OR")) > 1:
        return any(is_allowed(part) for part in split("OR"))
    if len(split("AND")) > 1:
        return all(is_allowed(part) for part in split("AND"))
    if text.startswith("(") and text.endswith(")"):
        return is_allowed(text[1:-1])
    return text in ALLOWED


def linked():
    """Every package that the release needs, without those of tests alone."""
    seen, waiting = set(), [root]
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        for dependency in nodes[node]["deps"]:
            if any(kind["kind"] != "dev" for kind in dependency["dep_kinds"]):
                waiting.append(dependency["pkg"])
    return sorted((packages[found] for found in seen), key=lambda found: (found["name"], found["version"]))


checksums = {}
for block in pathlib.Path("Cargo.lock").read_text().split("[[package]]")[1:]:
    entry = dict(re.findall(r'^(name|version|checksum) = "(.*)"$', block, re.M))
    checksums[entry["name"], entry["version"]] = entry.get("checksum")


def purl(package):
    return f"pkg:cargo/{package['name']}@{package['version']}"


def component(package):
    found = {
        "type": "library", "bom-ref": purl(package), "name": package["name"], "version": package["version"],
        "purl": purl(package), "licenses": [{"expression": expression(package)}],
    }
    if package.get("description"):
        found["description"] = " ".join(package["description"].split())
    checksum = checksums.get((package["name"], package["version"]))
    if checksum:
        found["hashes"] = [{"alg": "SHA-256", "content": checksum}]
    if package.get("repository"):
        found["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return found


def folder(package):
    return pathlib.Path(package["manifest_path"]).parent


def bundled(all_packages):
    """C libraries that travel inside a crate: scanners know them by their own name."""
    for package in all_packages:
        if package["name"] == "libsqlite3-sys":
            header = next(folder(package).glob("sqlite3/sqlite3.h")).read_text(errors="replace")
            version = re.search(r'#define SQLITE_VERSION\s+"([\d.]+)"', header).group(1)
            yield "sqlite", version, "blessing"
        if package["name"] == "pq-src":
            yield "postgresql", package["version"].rpartition("libpq-")[2], "PostgreSQL"
        if package["name"] == "openssl-src":
            yield "openssl", package["version"].rpartition("+")[2], "Apache-2.0"


everything = linked()
own = packages[root]
crates = [package for package in everything if package["id"] != root]
refused = [f"{found['name']} {found['version']}: {expression(found)}" for found in crates if not is_allowed(expression(found))]
if refused:
    sys.exit("release: licences that are not allowed:\n  " + "\n  ".join(refused))

components = [component(package) for package in crates]
for title, version, licence in bundled(crates):
    reference = f"pkg:generic/{title}@{version}"
    components.append({
        "type": "library", "bom-ref": reference, "name": title, "version": version, "purl": reference,
        "licenses": [{"expression": licence}],
    })
refs = {package["id"]: purl(package) for package in everything}
lock = pathlib.Path("Cargo.lock").read_bytes()
bom = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.5",
    "serialNumber": "urn:uuid:" + str(uuid.uuid5(uuid.NAMESPACE_URL, purl(own) + hashlib.sha256(lock).hexdigest())),
    "version": 1,
    "metadata": {"timestamp": made_at, "component": {**component(own), "type": "application"}},
    "components": components,
    "dependencies": [
        {
            "ref": refs[package["id"]],
            "dependsOn": sorted({refs[found["pkg"]] for found in nodes[package["id"]]["deps"] if found["pkg"] in refs}),
        }
        for package in everything
    ],
}
pathlib.Path(prefix + ".cdx.json").write_text(json.dumps(bom, indent=1, ensure_ascii=False) + "\n")

texts, silent = {}, []
for package in crates:
    files = [
        file for file in sorted(folder(package).iterdir())
        if file.is_file() and re.match(r"(licen[cs]e|copying|copyright|notice|unlicense)", file.name, re.I)
    ]
    for file in files:
        texts.setdefault(file.read_text(errors="replace").strip(), []).append(f"{package['name']} {package['version']}")
    if not files:
        silent.append(f"{package['name']} {package['version']}: {expression(package)} {package.get('repository') or ''}")

lines = ["Licences of the crates in this binary.", ""]
lines += [f"{package['name']} {package['version']}: {expression(package)}" for package in crates]
if silent:
    lines += ["", "These carry no text of their own; the licence named here is the common text of that name:", ""]
    lines += ["  " + line.rstrip() for line in silent]
for text, owners in texts.items():
    lines += ["", "=" * 78, ", ".join(owners), "=" * 78, "", text]
pathlib.Path(prefix + ".licences.txt").write_text("\n".join(lines) + "\n")
print(f"{len(crates)} crates, {len(components) - len(crates)} bundled C libraries, {len(texts)} licence texts")
PYTHON

if [ "$dry_run" = yes ]; then
    echo "dry run: wrote $out/$name.cdx.json and $out/$name.licences.txt; nothing was built"
    exit
fi

# Paths of the building machine stay out of the binary, so that two machines make the same one.
export RUSTFLAGS="${RUSTFLAGS:-} --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo --remap-path-prefix=$PWD=/kawal"
cargo build --release --locked --bin kawal ${features:+--features "$features"}
stage="$out/$name"
rm -rf "$stage"
mkdir -p "$stage/docs"
cp "${CARGO_TARGET_DIR:-target}/release/kawal" "$stage/kawal"
cp README.md CHANGELOG.md NOTICE.md LICENSE-MIT LICENSE-APACHE "$stage/"
cp -r docs/panduan docs/gambar docs/RELEASE.md docs/agreement.schema.json "$stage/docs/"
mkdir -p "$stage/licences"
for family in assets/fonts/tex-gyre-bonum assets/fonts/liberation-sans assets/fonts/web assets/icons; do
    find "$family" -maxdepth 1 -name '*.txt' -exec cp {} "$stage/licences/" \;
done
mv "$out/$name.licences.txt" "$stage/licences/crates.txt"
cp "$out/$name.cdx.json" "$stage/sbom.cdx.json"
"$stage/kawal" --version | grep -qF "$version" || { echo "release: the binary says another version" >&2; exit 1; }
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$(git log -1 --format=%ct)" \
    -C "$out" -czf "$out/$name.tar.gz" "$name"
(cd "$out" && sha256sum "$name.tar.gz" "$name.cdx.json" "$name/kawal" | tee SHA256SUMS)
