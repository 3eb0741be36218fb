#!/bin/sh
# Installs Runnel, or brings it to another version:
#
#   curl -fsSL $RUNNEL_FROM/install.sh | RUNNEL_FROM=https://… sh -s -- [--user | --uninstall]
#
# RUNNEL_FROM is the address of the folder with SHA256SUMS and the archives. As root it goes to /usr/local, with --user to ~/.local;
# PREFIX names another place. --uninstall takes away what this has put there, and nothing else.
set -eu

# All of it is in functions, the last line calls: of a script that was cut on its way nothing is done.
fail() {
  echo "$*" >&2
  exit 1
}

fetch() {
  if command -v curl >/dev/null 2>&1; then
    curl -fsSL --retry 3 -o "$2" "$1"
  elif command -v wget >/dev/null 2>&1; then
    wget -q -O "$2" "$1"
  else
    fail "Neither curl nor wget is here to fetch it with."
  fi
}

sum_of() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

platform() {
  [ "$(uname -s)" = Linux ] || fail "There are archives for Linux only. Elsewhere a JDK 25 runs runnel.jar."
  case "$(ldd --version 2>&1 || true)" in
    *musl*) fail "The archive needs glibc, and this system has musl. A JDK 25 runs runnel.jar here." ;;
  esac
  case "$(uname -m)" in
    x86_64 | amd64) echo linux-x64 ;;
    aarch64 | arm64) echo linux-arm64 ;;
    *) fail "There is no archive for $(uname -m). A JDK 25 runs runnel.jar." ;;
  esac
}

# Puts the archive of this system into the folder $1, or ends.
download() {
  fetch "$from/SHA256SUMS" "$1/SHA256SUMS" || fail "$from/SHA256SUMS cannot be had. Set RUNNEL_FROM to the address of the archives."
  name="$(sed -n "s/^[0-9a-f]\{64\} [ *]\(runnel-[A-Za-z0-9._+-]*-$(platform)\.tar\.gz\)\$/\1/p" "$1/SHA256SUMS" | head -n 1)"
  [ -n "$name" ] || fail "There is no archive for $(platform) at $from."
  echo "Fetching $name…" >&2
  fetch "$from/$name" "$1/archive" || fail "$from/$name cannot be had."
  wanted="$(sed -n "s/^\([0-9a-f]\{64\}\) [ *]$name\$/\1/p" "$1/SHA256SUMS")"
  [ "$(sum_of "$1/archive")" = "$wanted" ] || fail "What came is not what SHA256SUMS says. Nothing was changed; try again."
}

# The old version is there until the new one is whole.
put() {
  mkdir -p "$prefix/lib" "$prefix/bin"
  work="$(mktemp -d "$prefix/lib/.runnel.XXXXXX")"
  trap 'rm -rf "$work"' EXIT
  trap 'exit 1' INT TERM
  download "$work"
  tar -xzf "$work/archive" -C "$work"
  "$work/runnel/bin/runnel" --version >/dev/null || fail "It does not run here. Nothing was changed."
  if [ -e "$prefix/lib/runnel" ]; then mv "$prefix/lib/runnel" "$work/old"; fi
  mv "$work/runnel" "$prefix/lib/runnel"
  ln -sfn ../lib/runnel/bin/runnel "$prefix/bin/runnel"
  mkdir -p "$prefix/share/bash-completion/completions" "$prefix/share/zsh/site-functions"
  ln -sfn ../../../lib/runnel/share/runnel.bash "$prefix/share/bash-completion/completions/runnel"
  ln -sfn ../../../lib/runnel/share/_runnel "$prefix/share/zsh/site-functions/_runnel"
  echo "$("$prefix/bin/runnel" --version) is in $prefix/lib/runnel. Start it: $prefix/bin/runnel" >&2
  case ":$PATH:" in *":$prefix/bin:"*) ;; *) echo "$prefix/bin is not in your PATH yet." >&2 ;; esac
}

uninstall() {
  [ -e "$prefix/lib/runnel/bin/runnel" ] || fail "There is no Runnel in $prefix."
  rm -rf "$prefix/lib/runnel"
  rm -f "$prefix/bin/runnel" "$prefix/share/bash-completion/completions/runnel" "$prefix/share/zsh/site-functions/_runnel"
  echo "Runnel is gone from $prefix. Your chats are where DATA_DIR was (./data unless you set it)." >&2
}

main() {
  user=
  act=put
  for argument in "$@"; do
    case "$argument" in
      --user) user=1 ;;
      --uninstall) act=uninstall ;;
      *) fail "There is --user and --uninstall, and not $argument." ;;
    esac
  done
  if [ -n "${PREFIX-}" ]; then
    prefix="$PREFIX"
  elif [ -n "$user" ]; then
    prefix="$HOME/.local"
  elif [ "$(id -u)" -eq 0 ]; then
    prefix=/usr/local
  else
    fail "Say --user to install it for yourself, or run this as root."
  fi
  from="${RUNNEL_FROM-}"
  from="${from%/}"
  [ "$act" = uninstall ] || [ -n "$from" ] || fail "Set RUNNEL_FROM to the address of the folder with the archives."
  $act
}

main "$@"
