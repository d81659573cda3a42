#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# interrupt.sh LINES COMMAND...: gives a batch the lines of a file, and no end of them; interrupts it
# as Ctrl-C does once a thousand are answered, into the file `answers`. Ends with 0 if it ended so.
lines=$1
shift
mkfifo pipe
: >answers  # of something else, from before
exec 3<>pipe
cat "$lines" >&3 &
set -m  # else what runs beside a script ignores the interrupt
"$@" <pipe 3<&- >answers &
until grep -q '"line":1000[,}]' answers; do sleep 0.01; done
kill -INT -- -$!
wait $!
code=$?
rm pipe
((code == 130)) || echo "exit code $code" >&2
((code == 130))
