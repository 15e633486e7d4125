#!/bin/sh
# All alerts of a topic from its beginning, with kcat: key and offset, the CloudEvents headers, the event (NULL where it
# was taken back). kcat must know zstd: `kcat -V` names it among its features.
#
#   examples/kcat/alerts.sh localhost:9092 wirespin.alerts
#
# What stands is the last line of a key. Without -e it goes on as new ones come.
exec kcat -b "${1:-localhost:9092}" -C -t "${2:-wirespin.alerts}" -o beginning -e -q -Z -f '%k %o\n  %h\n  %s\n'
