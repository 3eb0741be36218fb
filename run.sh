#!/usr/bin/env bash
# Builds Runnel when needed and starts it; `./run.sh test` runs every test, `./run.sh bench` measures. Works with bash 3.2 too, which macOS has.
set -euo pipefail

# The JVM's flags. `--help` shows them as well, and a test compares the two. A small young generation and SerialGC keep the
# memory of an idle server small, and what lives for one collection has room to live for the next, so that the memory of a busy
# one grows slowly. The second compiler is left out, since it takes more than it gives where most of the work is the kernel's. What
# the first one took is given back, but only after five seconds: so it leaves a method alone for which it would take 7 MB, and
# which only a start needs.
JVM_FLAGS=(
  -XX:+UseSerialGC
  -XX:+UseCompactObjectHeaders
  -XX:TrimNativeHeapInterval=3000
  -Xms12m
  -Xmn6m
  -XX:SurvivorRatio=3
  -XX:TieredStopAtLevel=1
  -XX:CompileCommand=quiet
  -XX:CompileCommand=exclude,jdk.internal.classfile.impl.StackMapGenerator::processBlock
)

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

# The folder of this script, also when it is called through a symbolic link.
here() {
  local script="$1" target
  while [ -L "$script" ]; do
    target="$(readlink "$script")"
    case "$target" in
      /*) script="$target" ;;
      *) script="$(dirname "$script")/$target" ;;
    esac
  done
  (cd "$(dirname "$script")" && pwd -P)
}

# --- The JDK -----------------------------------------------------------------------------------------------------

# The major version of the JDK in the folder $1, or 0 where there is none. Asks no JVM, which would take its time.
jdk_version() {
  local version=0
  if [ -x "$1/bin/javac" ] && [ -r "$1/release" ]; then
    version="$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")"
  fi
  echo "${version:-0}"
}

jdk_on_path() {
  local java
  java="$(command -v java)" || return 0
  dirname "$(here "$java")"
}

# Folders that hold JDKs. RUNNEL_JDK_DIRS, separated by colons, takes their place.
jdk_folders() {
  local list="${RUNNEL_JDK_DIRS-/usr/lib/jvm:/opt:$HOME/.sdkman/candidates/java:$HOME/.jdks:/Library/Java/JavaVirtualMachines:$HOME/Library/Java/JavaVirtualMachines:/opt/homebrew/opt:/usr/local/opt}"
  local IFS=:
  set -f
  printf '%s\n' $list
  set +f
}

jdk_candidates() {
  local folder home
  if [ -n "${JAVA_HOME-}" ]; then echo "$JAVA_HOME"; fi
  jdk_on_path
  jdk_folders | while IFS= read -r folder; do
    for home in "$folder"/*/ "$folder"/*/Contents/Home/ "$folder"/openjdk*/libexec/openjdk.jdk/Contents/Home/; do
      if [ -d "$home" ]; then echo "${home%/}"; fi
    done
  done
}

find_jdk() {
  local home
  while IFS= read -r home; do
    if [ "$(jdk_version "$home")" -ge 25 ]; then
      JAVA_HOME="$home"
      export JAVA_HOME
      return
    fi
  done < <(jdk_candidates)
  say "Runnel needs a JDK 25 or newer, and there is none here. Get one from https://adoptium.net, or with"
  say "  apt install openjdk-25-jdk   |   brew install openjdk@25   |   sdk install java 25-tem"
  fail "It is found by JAVA_HOME, by PATH and in the usual folders."
}

# --- Maven -------------------------------------------------------------------------------------------------------

# Is version $1 (as 3.8.7) at least 3.6.3?
new_enough_maven() {
  local major minor patch
  IFS=. read -r major minor patch <<<"${1%%-*}"
  [ $((${major:-0} * 10000 + ${minor:-0} * 100 + ${patch:-0})) -ge 30603 ]
}

find_maven() {
  MAVEN="$HERE/.mvn/mvnw"
  if command -v mvn >/dev/null && new_enough_maven "$(mvn -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')"; then
    MAVEN=mvn
  fi
}

# Maven runs on the JDK that was found; the options silence what old libraries of Maven make it say.
maven() {
  MAVEN_OPTS="${MAVEN_OPTS-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow" \
    "$MAVEN" -B -ntp "$@"
}

# --- Build and start ---------------------------------------------------------------------------------------------

# Folders count too: they change when a file is deleted. BUILT has the time at which the last whole build began; the time of
# the jar would not do, because a build that is cut off leaves half a jar.
must_build() {
  [ ! -f "$JAR" ] || [ ! -f "$BUILT" ] ||
    [ -n "$(find "$HERE/pom.xml" "$HERE/src/main" "$HERE/public" -newer "$BUILT" 2>/dev/null)" ]
}

# Runs Maven with the arguments $@, which make the jar.
make_jar() {
  # Maven would leave a deleted page in the jar.
  rm -rf "$HERE/target/classes/public" "$BUILT"
  mkdir -p "$HERE/target"
  touch "$BUILT.begun"
  maven -f "$HERE/pom.xml" "$@" && mv "$BUILT.begun" "$BUILT"
}

build() {
  say "Building…"
  find_maven
  make_jar -q -Dmaven.test.skip=true package >&2 || fail "The build failed, see above."
}

# Only a server needs the cache: it would slow `--help` down.
starts_server() {
  case "${1-serve}" in serve | -*) ;; *) return 1 ;; esac
  case " $* " in *" --help "* | *" -h "* | *" --version "*) return 1 ;; esac
}

# Makes the AOT cache (JEP 514, 515), with which the server starts in half the time, where there is none of this jar and JDK.
# What fails is not tried again: the JVM starts without it, too.
rehearse() {
  local jdk
  jdk="$(cat "$JAVA_HOME/release")"
  # Not "is the cache newer": a rehearsal that fails at once ends within the same tick of the file system's clock.
  if ! [ "$JAR" -nt "$CACHE" ] && [ "$jdk" = "$(cat "$CACHE.jdk" 2>/dev/null)" ]; then return; fi
  say "Rehearsing, so that it starts faster from now on…"
  "$JAVA_HOME/bin/java" -jar "$JAR" rehearse "$CACHE" >/dev/null 2>&1 || true
  touch "$CACHE"
  echo "$jdk" >"$CACHE.jdk"
}

start() {
  find_jdk
  if must_build; then build; fi
  if starts_server "$@"; then
    rehearse
    JVM_FLAGS+=("-XX:AOTCache=$CACHE" -Xlog:disable)
  fi
  # shellcheck disable=SC2086 # RUNNEL_JAVA_OPTS holds several words.
  exec "$JAVA_HOME/bin/java" "${JVM_FLAGS[@]}" ${RUNNEL_JAVA_OPTS-} -jar "$JAR" "$@"
}

# --- Bench -------------------------------------------------------------------------------------------------------

must_build_bench() {
  [ ! -f "$BENCH/built" ] || [ -n "$(find "$HERE/src/bench" -newer "$BENCH/built" 2>/dev/null)" ]
}

build_bench() {
  say "Building the bench…"
  find_maven
  mkdir -p "$BENCH"
  rm -rf "$BENCH/built" "$BENCH/classes" "$BENCH/lib"
  touch "$BENCH/begun"
  maven -f "$HERE/src/bench/pom.xml" -q process-classes >&2 || fail "The build failed, see above."
  mv "$BENCH/begun" "$BENCH/built"
}

# Measures what a stream costs, in a JVM beside the server's, which this script starts as for anybody.
bench() {
  find_jdk
  if must_build; then build; fi
  rehearse
  if must_build_bench; then build_bench; fi
  exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Drunnel.script="$HERE/run.sh" -cp "$BENCH/classes:$BENCH/lib/*" runnel.bench.Bench "$@"
}

# --- Test --------------------------------------------------------------------------------------------------------

apt_get() {
  local sudo=
  if [ "$(id -u)" -ne 0 ]; then sudo="sudo -n"; fi
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@" >/dev/null
}

can_apt_get() {
  command -v apt-get >/dev/null && { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }
}

# Installs the Debian package $1, where that is possible without asking anybody.
install() {
  if ! can_apt_get; then return 1; fi
  say "Installing $1…"
  if [ -z "${APT_UPDATED-}" ]; then apt_get update || true; fi
  APT_UPDATED=1
  apt_get install -y --no-install-recommends "$1"
}

# The first of the commands $@ that is there.
first_of() {
  local command
  for command in "$@"; do
    if PATH="$PATH:/usr/sbin:/usr/local/bin:/opt/homebrew/bin" command -v "$command"; then return; fi
  done
  return 1
}

find_chromium() {
  first_of "${RUNNEL_CHROMIUM:-chromium}" chromium chromium-browser google-chrome google-chrome-stable chrome \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" "/Applications/Chromium.app/Contents/MacOS/Chromium"
}

find_node() {
  local node
  node="$(first_of node nodejs)" && [ "$("$node" -p 'parseInt(process.versions.node)')" -ge 20 ] && echo "$node"
}

find_nginx() { first_of nginx; }

find_npm() { first_of npm; }

# Finds $1 by the function find_$1, installs the package $2 if it is not there, and gives up with the sentence $3.
need() {
  "find_$1" || { install "$2" && "find_$1"; } || fail "The tests need $3"
}

find_what_tests_need() {
  RUNNEL_CHROMIUM="$(need chromium chromium "Chromium or Chrome: apt install chromium, or set RUNNEL_CHROMIUM to its path.")"
  RUNNEL_NGINX="$(need nginx nginx-light "nginx: apt install nginx-light, or brew install nginx.")"
  RUNNEL_NODE="$(need node nodejs "Node.js 20 or newer: https://nodejs.org, or brew install node.")"
  need npm npm "npm, which comes with Node.js: https://nodejs.org, or apt install npm." >/dev/null
  export RUNNEL_CHROMIUM RUNNEL_NGINX RUNNEL_NODE PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
}

test_page() {
  local file files=()
  if [ ! -d "$HERE/src/test/js" ]; then return 0; fi
  while IFS= read -r file; do files+=("$file"); done < <(find "$HERE/src/test/js" -name '*.test.*js' | sort)
  if [ ${#files[@]} -eq 0 ]; then return 0; fi
  "$RUNNEL_NODE" --test --test-reporter=spec "${files[@]}"
}

# Runs all the tests, also when the first ones fail. Maven gets the arguments, such as -Dtest=SettingsTest.
run_tests() {
  local page=0
  find_jdk
  find_maven
  find_what_tests_need
  test_page || page=1
  make_jar verify "$@" || fail "Some tests failed, see above."
  maven -f "$HERE/src/bench/pom.xml" test "$@" || fail "Some tests of the bench failed, see above."
  [ $page -eq 0 ] || fail "Some tests of the page failed, see above."
}

HERE="$(here "${BASH_SOURCE[0]}")"
JAR="$HERE/target/runnel.jar"
BUILT="$HERE/target/built"
CACHE="$HERE/target/runnel.aot"
BENCH="$HERE/target/bench"

case "${1-}" in
  test) shift && run_tests "$@" ;;
  bench) shift && bench "$@" ;;
  *) start "$@" ;;
esac
