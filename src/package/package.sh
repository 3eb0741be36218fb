#!/usr/bin/env bash
# Makes target/dist of the jar: an archive and a Debian package with a runtime of their own. Called by `./run.sh package`, with the JDK
# in JAVA_HOME and the JVM's flags as arguments. The same sources and the same JDK give the same bytes.
set -euo pipefail

HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
TOP="$HERE/../.."
JAR="$TOP/target/runnel.jar"
WORK="$TOP/target/package"
DIST="$TOP/target/dist"

# Modules that nothing in the jar names, but that what is in it asks for by name: jar files as file systems (Flyway), attaching and
# instruments (JLine's and the JDK's own tools for a heap dump). What jdeps finds and nobody uses is for Kerberos.
ADDED=jdk.zipfs,jdk.attach,java.instrument,java.management
UNUSED='^java\.security\.jgss$'
QUICK=(-J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC) # each runs for some seconds only

# What decides which modules it takes: the libraries, the JDK, and the packages that the sources name.
needs() {
  cat "$TOP/pom.xml" "$JAVA_HOME/release"
  grep -rhoE '\b(java|javax|jdk|sun|com\.sun|org\.(w3c|xml|ietf))(\.[a-z0-9]+)+' "$TOP/src/main/java" | sort -u
}

# jdeps takes ten seconds, so its answer is kept for as long as it would say the same.
modules() {
  local known="$TOP/target/modules" key
  key="$(needs | sha256sum | cut -c 1-64)"
  if [ ! -f "$known-$key" ]; then
    rm -f "$known"-*
    "$JAVA_HOME/bin/jdeps" "${QUICK[@]}" --print-module-deps --ignore-missing-deps --multi-release 25 "$JAR" >"$known.fresh" && [ -s "$known.fresh" ] || return 1
    mv "$known.fresh" "$known-$key"
  fi
  echo "$(cat "$known-$key"),$ADDED" | tr , '\n' | grep -vE "$UNUSED" | sort -u | paste -sd, -
}

machine() {
  case "$(uname -m)" in
    x86_64 | amd64) echo "$1" ;;
    aarch64 | arm64) echo arm64 ;;
    *) uname -m ;;
  esac
}

# The same for zsh, which has no compopt and runs the file as the completion itself when it is needed first.
zsh_completion() {
  echo '#compdef runnel'
  sed "s/^ *alias compopt=complete/  (( \$+functions[compopt] )) || compopt() { :; }/" "$1"
  echo '_bash_complete -o default -F _complete_runnel'
}

# The tree of the archive, which the Debian package has too.
lay_out() {
  local tree="$1"
  mkdir -p "$tree/bin" "$tree/lib" "$tree/share"
  "$JAVA_HOME/bin/jlink" "${QUICK[@]}" --add-modules "$(modules)" \
    --strip-java-debug-attributes --no-header-files --no-man-pages --output "$tree/runtime"
  cp "$JAR" "$tree/lib/runnel.jar"
  cat "$JAR" "$tree/runtime/lib/modules" | sha256sum | cut -c 1-16 >"$tree/lib/id"
  sed "s|@JVM_FLAGS@|$FLAGS|" "$HERE/runnel" >"$tree/bin/runnel"
  "$tree/runtime/bin/java" -jar "$JAR" completion >"$tree/share/runnel.bash"
  zsh_completion "$tree/share/runnel.bash" >"$tree/share/_runnel"
  cp "$TOP/LICENSE" "$tree/"
  chmod -R u=rwX,go=rX "$tree"
  chmod 755 "$tree/bin/runnel"
}

archive() {
  tar -C "$WORK" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --format=gnu -cf - runnel | gzip -n >"$1"
}

debian_tree() {
  local root="$1"
  mkdir -p "$root/usr/lib" "$root/usr/bin" "$root/usr/share/doc/runnel" "$root/usr/share/bash-completion/completions" \
    "$root/usr/share/zsh/vendor-completions" "$root/usr/lib/systemd/system" "$root/etc/runnel" "$root/DEBIAN"
  cp -R "$WORK/runnel" "$root/usr/lib/runnel"
  ln -s ../lib/runnel/bin/runnel "$root/usr/bin/runnel"
  mv "$root/usr/lib/runnel/share/runnel.bash" "$root/usr/share/bash-completion/completions/runnel"
  mv "$root/usr/lib/runnel/share/_runnel" "$root/usr/share/zsh/vendor-completions/_runnel"
  rmdir "$root/usr/lib/runnel/share"
  mv "$root/usr/lib/runnel/LICENSE" "$root/usr/share/doc/runnel/copyright"
  cp "$HERE/debian/runnel.service" "$root/usr/lib/systemd/system/"
  cp "$HERE/debian/env" "$root/etc/runnel/env"
  cp "$HERE/debian/postinst" "$HERE/debian/prerm" "$HERE/debian/postrm" "$root/DEBIAN/"
  echo /etc/runnel/env >"$root/DEBIAN/conffiles"
  sed "s|@VERSION@|$VERSION|; s|@ARCH@|$(machine amd64)|;
    s|@SIZE@|$(du -sk "$WORK/runnel" | cut -f 1)|" "$HERE/debian/control" >"$root/DEBIAN/control"
  chmod -R u=rwX,go=rX "$root"
  chmod 755 "$root"/DEBIAN/p*
  chmod 640 "$root/etc/runnel/env" # it may hold a key
  find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}

package() {
  if [ "$(uname -s)" != Linux ]; then
    echo "Packages are made on Linux, for Linux." >&2
    exit 1
  fi
  FLAGS="$*"
  VERSION="$("$JAVA_HOME/bin/java" -jar "$JAR" --version | sed 's/^Runnel //')"
  SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(date -d "$(sed -n 's|.*<project.build.outputTimestamp>\(.*\)</.*|\1|p' "$TOP/pom.xml")" +%s)}"
  export SOURCE_DATE_EPOCH LC_ALL=C TZ=UTC
  umask 022
  rm -rf "$WORK" "$DIST"
  mkdir -p "$WORK" "$DIST"
  lay_out "$WORK/runnel"
  archive "$DIST/runnel-$VERSION-linux-$(machine x64).tar.gz" &
  if command -v dpkg-deb >/dev/null; then
    debian_tree "$WORK/debian"
    dpkg-deb --root-owner-group -Zgzip -z6 --build "$WORK/debian" "$DIST/runnel_${VERSION}_$(machine amd64).deb" >/dev/null
  else
    echo "No .deb is made: dpkg-deb is not here." >&2
  fi
  wait $!
  cp "$HERE/install.sh" "$HERE/Dockerfile" "$HERE/compose.yaml" "$DIST/"
  (cd "$DIST" && sha256sum -- * >"$WORK/SHA256SUMS" && mv "$WORK/SHA256SUMS" .)
  ls -l "$DIST" >&2
}

package "$@"
