#!/usr/bin/env bash
# Builds Runnel when needed and starts it; `./run.sh test` runs every test, `./run.sh bench` measures, `./run.sh package` packs. Works with bash 3.2 too, which macOS has.
set -euo pipefail

# The JVM's flags. `--help` shows them as well, and a test compares the two. A small young generation and SerialGC keep the
# memory of an idle server small, and what lives for one collection has room to live for the next, so that the memory of a busy
# one grows slowly. SerialGC collects the old generation when the heap is full, so the heap has a limit that is not a quarter of
# the machine: 512 MB hold some 20,000 open streams. What the compilers took is given back, but only after five seconds: so they
# leave a method alone for which they would take 7 MB, and which only a start needs, and let each run three times as often as
# usual before they compile it: a start then takes a sixth less of a processor, and what is busy is compiled all the same. What is
# called by reflection is called seldom, so no classes are made for it, which the cache does not hold.
JVM_FLAGS=(
  -XX:+UseSerialGC
  -XX:+UseCompactObjectHeaders
  -XX:TrimNativeHeapInterval=3000
  -Xms12m
  -Xmx512m
  -Xmn6m
  -XX:SurvivorRatio=3
  -XX:CompileThresholdScaling=3
  -XX:CompileCommand=quiet
  -XX:CompileCommand=exclude,jdk.internal.classfile.impl.StackMapGenerator::processBlock
  -Djdk.reflect.useNativeAccessorOnly=true
  -XX:+IgnoreUnrecognizedVMOptions
  -XX:+UnlockDiagnosticVMOptions
  -XX:-AOTReplayTraining
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
  case "$script" in */*) script="${script%/*}/" ;; *) script=. ;; esac
  (CDPATH='' cd -- "$script" && pwd -P)
}

# --- The JDK -----------------------------------------------------------------------------------------------------

# Whether the folder $1 has a JDK that will do. Asks no JVM, which would take its time.
will_do() {
  local line
  if [ ! -x "$1/bin/javac" ] || [ ! -r "$1/release" ]; then return 1; fi
  while IFS= read -r line; do
    case "$line" in JAVA_VERSION=\"*) line="${line#*\"}" && [ "0${line%%[!0-9]*}" -ge 25 ] && return ;; esac
  done <"$1/release"
  return 1
}

jdk_on_path() {
  local java
  java="$(command -v java)" || return 0
  dirname "$(here "$java")"
}

# Folders that hold JDKs: the usual ones, or those of RUNNEL_JDK_DIRS, separated by colons, and the one for what was fetched.
jdk_folders() {
  local home="${HOME:-/nowhere}"
  local list="${RUNNEL_JDK_DIRS-/usr/lib/jvm:/opt:$home/.sdkman/candidates/java:$home/.jdks:/Library/Java/JavaVirtualMachines:$home/Library/Java/JavaVirtualMachines:/opt/homebrew/opt:/usr/local/opt}"
  local IFS=:
  set -f
  printf '%s\n' $list
  set +f
  cache_folder
}

jdk_candidates() {
  local folder home
  jdk_on_path
  jdk_folders | while IFS= read -r folder; do
    for home in "$folder"/*/ "$folder"/*/Contents/Home/ "$folder"/openjdk*/libexec/openjdk.jdk/Contents/Home/; do
      if [ -d "$home" ]; then echo "${home%/}"; fi
    done
  done
}

look_for_jdk() {
  local home
  if [ -n "${JAVA_HOME-}" ] && will_do "$JAVA_HOME"; then return; fi
  while IFS= read -r home; do
    if will_do "$home"; then
      JAVA_HOME="$home"
      export JAVA_HOME
      return
    fi
  done < <(jdk_candidates)
  return 1
}

find_jdk() {
  if look_for_jdk; then return; fi
  if [ "${RUNNEL_JDK-}" = never ]; then
    say "Runnel needs a JDK 25 or newer, and there is none here."
  elif fetch_jdk && look_for_jdk; then
    return
  fi
  say "Get a JDK from https://adoptium.net, or with"
  say "  apt install openjdk-25-jdk   |   brew install openjdk@25   |   sdk install java 25-tem"
  fail "It is found by JAVA_HOME, by PATH and in the usual folders."
}

# --- A JDK of our own ---------------------------------------------------------------------------------------------

# Where what is fetched is kept.
cache_folder() {
  if [ -n "${XDG_CACHE_HOME-}" ]; then
    echo "$XDG_CACHE_HOME/runnel"
  elif [ -n "${HOME-}" ] && { [ -w "$HOME/.cache/runnel" ] || [ -w "$HOME" ]; }; then
    echo "$HOME/.cache/runnel"
  else
    echo "$HERE/target/cache"
  fi
}

# System and machine in Adoptium's words, as linux/x64.
jdk_platform() {
  local machine
  case "$(uname -m)" in
    x86_64 | amd64) machine=x64 ;;
    aarch64 | arm64) machine=aarch64 ;;
    *) return 1 ;;
  esac
  case "$(uname -s)" in
    Darwin) echo "mac/$machine" ;;
    Linux)
      case "$(ldd --version 2>&1 || true)" in
        *musl*) echo "alpine-linux/$machine" ;;
        *) echo "linux/$machine" ;;
      esac
      ;;
    *) return 1 ;;
  esac
}

# One try to write what is at the address $1 into the file $2, behind what is there already.
download_once() {
  local only=()
  if command -v curl >/dev/null; then
    case "$1" in https:*) only=(--proto "=https") ;; esac
    curl -fsSL --connect-timeout 20 --speed-time 60 --speed-limit 1 ${only[@]+"${only[@]}"} -C - -o "$2" "$1"
  elif command -v wget >/dev/null; then
    wget -q -c -t 1 -T 60 -O "$2" "$1"
  else
    say "Neither curl nor wget is here to fetch it with."
    return 1
  fi
}

size_of() { if [ -f "$1" ]; then wc -c <"$1"; else echo 0; fi; }

# The same as often as more of it comes, since a network cuts.
download() {
  local before try
  for try in 1 2 3 4 5 6 7 8 9 10; do
    before="$(size_of "$2")"
    if download_once "$1" "$2" 2>"$2.said"; then return; fi
    if [ "$(size_of "$2")" -le "$before" ]; then
      if [ "$before" -eq 0 ]; then break; fi
      rm -f "$2" # some servers cannot go on in the middle
    fi
    sleep 1
  done
  cat "$2.said" >&2
  return 1
}

# The address to which the address $1 leads.
address_behind() {
  curl -fsSL -I -o /dev/null -w '%{url_effective}' "$1" 2>/dev/null || echo "$1"
}

# The SHA-256 of the file $1, by whatever this system has for it.
sha256_of() {
  if command -v sha256sum >/dev/null; then
    sha256sum "$1" | cut -d ' ' -f 1
  elif command -v shasum >/dev/null; then
    shasum -a 256 "$1" | cut -d ' ' -f 1
  else
    openssl dgst -sha256 -r "$1" | cut -d ' ' -f 1
  fi
}

# The SHA-256 that is published: in the description of the release, for the archive and not for an installer beside it, or else in a
# file beside the archive, which is at the address $3. $1 is where there is room for it, $2 the address of the description.
published_sha256() {
  if download "$2" "$1/release" 2>/dev/null; then
    tr -d ' \t\r\n' <"$1/release" | tr '{' '\n' | sed -n '/"package":$/{n;s/.*"checksum":"\([0-9a-fA-F]\{64\}\)".*/\1/p;}'
  elif download "$(address_behind "$3").sha256.txt" "$1/beside" 2>/dev/null; then
    sed -n 's/^\([0-9a-fA-F]\{64\}\).*/\1/p' "$1/beside"
  fi | head -n 1 | tr 'A-F' 'a-f'
}

# Fetches Temurin 25 for $2, as linux/x64, from $3 into the folder $1. Returns with a sentence where that fails.
fetch_jdk_into() {
  local work="$1" platform="$2" api="$3" archive wanted
  archive="$api/v3/binary/latest/25/ga/$platform/jdk/hotspot/normal/eclipse"
  wanted="$(published_sha256 "$work" \
    "$api/v3/assets/latest/25/hotspot?os=${platform%/*}&architecture=${platform#*/}&image_type=jdk&vendor=eclipse" "$archive")"
  if [ -z "$wanted" ]; then
    say "$api cannot be reached, or does not say what a JDK 25 for $platform must be."
  elif ! download "$archive" "$work/jdk.tar.gz"; then
    say "The JDK could not be fetched: the network failed, or the disk of $work is full (it takes 600 MB)."
  elif [ "$(sha256_of "$work/jdk.tar.gz")" != "$wanted" ]; then
    say "What came is not the JDK that $api has published: its SHA-256 is wrong. It was thrown away."
  elif ! mkdir "$work/jdk" || ! tar -xzf "$work/jdk.tar.gz" -C "$work/jdk"; then
    say "The JDK could not be unpacked: the disk of $work is full (it takes 600 MB), or tar or gzip is missing."
  else
    return 0
  fi
  return 1
}

# Two that fetch at once each have a folder of their own; who comes second throws his away.
fetch_jdk() {
  local api="${RUNNEL_JDK_API:-https://api.adoptium.net}" cache platform work status=0
  api="${api%/}"
  cache="$(cache_folder)"
  if ! platform="$(jdk_platform)"; then
    say "Runnel needs a JDK 25 or newer, and Temurin has none for this system ($(uname -s) $(uname -m))."
    return 1
  fi
  say "There is no JDK 25 here: fetching Temurin 25 from $api into $cache, once (RUNNEL_JDK=never forbids it)…"
  if ! mkdir -p "$cache" || ! work="$(mktemp -d "$cache/fetching.XXXXXX")"; then
    say "The folder $cache cannot be written. Set XDG_CACHE_HOME to one that can."
    return 1
  fi
  find "$cache" -maxdepth 1 -name 'fetching.*' -mtime +1 -exec rm -rf {} + # of a fetch that was killed
  # shellcheck disable=SC2064 # the folder of this fetch
  trap "rm -rf '$work'; exit 130" INT TERM
  fetch_jdk_into "$work" "$platform" "$api" || status=1
  if [ $status -eq 0 ] && ! look_for_jdk; then mv "$work/jdk"/* "$cache/" || status=1; fi
  rm -rf "$work"
  trap - INT TERM
  return $status
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

# Maven runs on the JDK that was found. It compiles for some seconds only, for which the first compiler takes half of what both do; the
# other options silence what old libraries of Maven make it say.
maven() {
  MAVEN_USER_HOME="${MAVEN_USER_HOME:-${HOME:-$HERE/target}/.m2}" \
    MAVEN_OPTS="-XX:TieredStopAtLevel=1 ${MAVEN_OPTS-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow" \
    "$MAVEN" -B -ntp "$@"
}

# --- Build and start ---------------------------------------------------------------------------------------------

# Folders count too: they change when a file is deleted. BUILT has the time at which the last whole build began; the time of
# the jar would not do, because a build that is cut off leaves half a jar.
must_build() {
  [ ! -f "$JAR" ] || [ ! -f "$BUILT" ] ||
    [ -n "$(find "$HERE/pom.xml" "$HERE/src/main" "$HERE/src/build" "$HERE/public" -newer "$BUILT" 2>/dev/null)" ]
}

# Runs Maven with the arguments $@, which make the jar.
make_jar() {
  rm -f "$BUILT"
  mkdir -p "$HERE/target"
  touch "$BUILT.begun"
  maven -f "$HERE/pom.xml" "$@" && mv "$BUILT.begun" "$BUILT"
}

build() {
  say "Building…"
  find_maven
  make_jar -q -Dmaven.test.skip=true package >&2 || fail "The build failed, see above."
}

# Makes the cache and runs with it; other commands take what is there.
starts_server() {
  case "${1-serve}" in serve | -*) ;; *) return 1 ;; esac
  case " $* " in *" --help "* | *" -h "* | *" --version "*) return 1 ;; esac
}

# Makes the AOT cache (JEP 514, 515), with which the server starts in half the time, where there is none of this jar and JDK.
# What fails is not tried again: the JVM starts without it, too.
rehearse() {
  local jdk of=
  IFS= read -rd "" jdk <"$JAVA_HOME/release" || true # up to its end
  if [ -f "$CACHE.jdk" ]; then IFS= read -rd "" of <"$CACHE.jdk" || true; fi
  # Not "is the cache newer": a rehearsal that fails at once ends within the same tick of the file system's clock.
  if ! [ "$JAR" -nt "$CACHE" ] && [ "$jdk" = "$of" ]; then return; fi
  say "Rehearsing, so that it starts faster from now on…"
  "$JAVA_HOME/bin/java" -jar "$JAR" rehearse "$CACHE" </dev/null >/dev/null 2>&1 || true
  touch "$CACHE"
  printf %s "$jdk" >"$CACHE.jdk"
}

# Java takes what is beyond ASCII in the environment, in arguments and in names of files for noise, unless the locale is one of UTF-8
# that the system has.
set_locale() {
  case "${LC_ALL:-${LC_CTYPE:-${LANG-}}}" in C.UTF-8) return ;; esac
  if [ "$(locale charmap 2>/dev/null)" != UTF-8 ]; then export LC_ALL=C.UTF-8; fi
}

# A standard stream that is closed would be the first file that Java opens, and be read or written.
open_streams() {
  [ -e /dev/fd/0 ] || exec </dev/null
  [ -e /dev/fd/1 ] || exec >/dev/null
  [ -e /dev/fd/2 ] || exec 2>/dev/null
}

# Whether somebody waits at a terminal for the first word of a reply.
talks() { case "${1-}" in ask | chat | attach) ;; *) return 1 ;; esac; }

start() {
  open_streams
  set_locale
  find_jdk
  if must_build; then build; fi
  if starts_server "$@" || talks "$@"; then rehearse; fi
  if starts_server "$@"; then
    JVM_FLAGS+=("-XX:AOTCache=$CACHE" -Xlog:disable)
  elif [ "$*" != --version ] && [ -f "$CACHE.talk" ]; then # which needs less than the cache takes
    JVM_FLAGS+=("-XX:AOTCache=$CACHE.talk" -Xlog:disable -XX:TieredStopAtLevel=1)
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

# --- Package -----------------------------------------------------------------------------------------------------

# Archive and Debian package with a runtime of their own, in target/dist.
package() {
  find_jdk
  if must_build; then build; fi
  "$HERE/src/package/package.sh" "${JVM_FLAGS[@]}"
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
  first_of "${RUNNEL_WHOLE_CHROMIUM:-chromium}" chromium chromium-browser google-chrome google-chrome-stable chrome \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" "/Applications/Chromium.app/Contents/MacOS/Chromium"
}

find_shell() {
  first_of "${RUNNEL_CHROMIUM:-chromium-headless-shell}" chromium-headless-shell chrome-headless-shell
}

find_node() {
  local node
  node="$(first_of node nodejs)" && [ "$("$node" -p 'parseInt(process.versions.node)')" -ge 20 ] && echo "$node"
}

find_nginx() { first_of nginx; }

find_apache() { first_of apache2 httpd; }

find_haproxy() { first_of haproxy; }

find_caddy() { first_of caddy; }

find_tmux() { first_of tmux; }

find_npm() { first_of npm; }

# Finds $1 by the function find_$1, installs the package $2 if it is not there, and gives up with the sentence $3.
need() {
  "find_$1" || { install "$2" && "find_$1"; } || fail "The tests need $3"
}

# OpenAI's SDK for Python in an environment of its own, where there are Python and PyPI; without it its test is left out.
openai_python() {
  local venv="$HERE/target/python" wanted="$HERE/src/test/openai/requirements.txt"
  if ! cmp -s "$wanted" "$venv/has"; then
    rm -rf "$venv"
    python3 -m venv "$venv" && "$venv/bin/pip" install -q --retries 0 --timeout 20 -r "$wanted" && cp "$wanted" "$venv/has" || return 0
  fi >/dev/null 2>&1
  echo "$venv/bin/python"
}

find_what_tests_need() {
  RUNNEL_WHOLE_CHROMIUM="$(need chromium chromium "Chromium or Chrome: apt install chromium, or set RUNNEL_WHOLE_CHROMIUM to its path.")"
  # Chromium without windows shows the same pages for a third of the processor time. What it lacks is tested with the whole one.
  RUNNEL_CHROMIUM="$(find_shell || { install chromium-headless-shell && find_shell; } || echo "$RUNNEL_WHOLE_CHROMIUM")"
  RUNNEL_NGINX="$(need nginx nginx-light "nginx: apt install nginx-light, or brew install nginx.")"
  RUNNEL_APACHE="$(need apache apache2-bin "Apache httpd: apt install apache2-bin, or brew install httpd.")"
  RUNNEL_HAPROXY="$(need haproxy haproxy "HAProxy: apt install haproxy, or brew install haproxy.")"
  RUNNEL_CADDY="$(need caddy caddy "Caddy: apt install caddy, or brew install caddy.")"
  RUNNEL_NODE="$(need node nodejs "Node.js 20 or newer: https://nodejs.org, or brew install node.")"
  need npm npm "npm, which comes with Node.js: https://nodejs.org, or apt install npm." >/dev/null
  RUNNEL_TMUX="$(need tmux tmux "tmux: apt install tmux, or brew install tmux.")"
  export RUNNEL_CHROMIUM RUNNEL_WHOLE_CHROMIUM RUNNEL_NGINX RUNNEL_APACHE RUNNEL_HAPROXY RUNNEL_CADDY RUNNEL_TMUX RUNNEL_NODE
  export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
}

test_page() {
  local file files=()
  if [ ! -d "$HERE/src/test/js" ]; then return 0; fi
  while IFS= read -r file; do files+=("$file"); done < <(find "$HERE/src/test/js" -name '*.test.*js' | sort)
  if [ ${#files[@]} -eq 0 ]; then return 0; fi
  "$RUNNEL_NODE" --test --test-reporter=spec "${files[@]}"
}

# Runs $2… beside what follows. What it says is shown by `finish`, under the name $1.
beside() {
  local name="$1"
  shift
  "$@" >"$HERE/target/$name.txt" 2>&1 &
  BESIDE+=("$name=$!")
}

# Waits for what runs beside, and adds what failed to WRONG.
finish() {
  local each
  for each in "${BESIDE[@]}"; do
    wait "${each#*=}" || WRONG="$WRONG ${each%=*}"
    cat "$HERE/target/${each%=*}.txt"
  done
}

# Runs those tests that the pom has under the name $1.
tests_of() { maven -f "$HERE/pom.xml" "surefire:test@$1" "${@:2}"; }

# Those of the jar and of the bench both start the jar, with one cache, which is made while the others run. A test that waits leaves
# its core to one that works: those with a browser run beside the rest.
test_java() {
  local rehearsal
  beside page-tests tests_of page-tests "$@"
  rehearse &
  rehearsal=$!
  tests_of default-test -Delsewhere=jar,page "$@" || WRONG="$WRONG default-test"
  wait $rehearsal
  beside bench-tests maven -f "$HERE/src/bench/pom.xml" test "$@"
  beside fuzz-tests tests_of fuzz-tests "$@"
  tests_of jar-tests "$@" || WRONG="$WRONG jar-tests"
}

# Runs all the tests, also when the first ones fail. Maven gets the arguments, such as -Dtest=SettingsTest. Those of the page's
# scripts run while it compiles, which leaves a core idle.
run_tests() {
  local python
  BESIDE=()
  WRONG=
  trap 'trap "" TERM; kill 0; exit 130' INT # what runs beside does not hear Ctrl-C
  find_jdk
  find_maven
  mkdir -p "$HERE/target"
  openai_python >"$HERE/target/python.txt" &
  python=$!
  find_what_tests_need
  beside script-tests test_page
  if make_jar package -DskipTests "$@"; then
    wait $python
    RUNNEL_PYTHON="$(cat "$HERE/target/python.txt")" test_java "$@"
  else
    WRONG=" build"
  fi
  finish
  [ -z "$WRONG" ] || fail "Some tests failed, see above:$WRONG"
}

HERE="$(here "${BASH_SOURCE[0]}")"
JAR="$HERE/target/runnel.jar"
BUILT="$HERE/target/built"
CACHE="$HERE/target/runnel.aot"
BENCH="$HERE/target/bench"

case "${1-}" in
  test) shift && run_tests "$@" ;;
  package) package ;;
  bench) shift && bench "$@" ;;
  *) start "$@" ;;
esac
