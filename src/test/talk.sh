#!/usr/bin/env bash
# Records docs/talk.txt anew: a talk with the built-in demo model in a terminal of tmux. TerminalTest does the same and compares.
#
#   src/test/talk.sh FILE [PROGRAM…]    PROGRAM is ./run.sh of this checkout unless said
set -euo pipefail

HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
FILE="$1"
shift
if [ $# -eq 0 ]; then set -- "$HERE/run.sh"; fi
WORK="$(mktemp -d)"
SERVER=

terminal() { "${RUNNEL_TMUX:-tmux}" -u -S "$WORK/tmux" "$@"; }

screen() { terminal capture-pane -p -J -S - | sed 's/ *$//'; }

# Waits until the last line that is not empty is $1: then whoever was typed to waits for more.
await() {
  local tries=0
  until [ "$(screen | sed '/^$/d' | tail -n 1)" = "$1" ]; do
    tries=$((tries + 1))
    if [ $tries -gt 600 ]; then
      screen >&2
      echo "The program does not come to: $1" >&2
      exit 1
    fi
    sleep 0.1
  done
}

# Types the line $2, and waits for the prompt $1.
type() {
  terminal send-keys -l "$2"
  terminal send-keys Enter
  sleep 0.1
  await "$1"
}

end() {
  terminal kill-server 2>/dev/null || true
  if [ -n "$SERVER" ]; then kill "$SERVER" 2>/dev/null || true; fi
  wait
  rm -rf "$WORK"
}

trap end EXIT
cd "$WORK"
export DATA_DIR="$WORK/data" XDG_STATE_HOME="$WORK/state" PORT=0 SHUTDOWN_GRACE=0 TERM=xterm-256color LC_ALL=C.UTF-8
unset OPENAI_API_KEY OPENAI_KEY OPENAI_BASE_URL OPENAI_MODEL PROVIDERS RUNNEL_SERVER RUNNEL_TOKEN NO_COLOR
: >"$WORK/ready"
"$@" serve >"$WORK/ready" &
SERVER=$!
until grep -q '^Runnel is ready' "$WORK/ready"; do
  kill -0 "$SERVER"
  sleep 0.1
done
{
  printf 'PS1="$ "\nrunnel() {'
  printf " '%s'" "$@"
  printf ' "$@"; }\nclear\n'
} >"$WORK/rc"
printf 'The ford is closed on Mondays.\n' >"$WORK/notes.txt"
terminal -f /dev/null new-session -d -x 130 -y 400 bash --noprofile --rcfile "$WORK/rc" -i
await '$'
type '$' 'runnel ask "Fast, echo: A *runnel* is a small stream."'
type '$' 'cat notes.txt | runnel ask "fast, echo" | wc -w'
type '$' 'runnel ask "a fast and long story of 60 words" | head -n 1'
type '$' 'runnel attach --whole'
type '>' 'runnel chat'
type '>' '/model'
type '>' '/model runnel-demo-reasoning'
terminal send-keys -l 'What is 12 \'
terminal send-keys Enter
type '>' 'times 12? Fast, echo: *144*'
type '>' '/file notes.txt'
type '>' 'help, fast'
type '>' '/stop'
type '>' '/wrong'
type '$' '/quit'
screen | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' >"$FILE"
