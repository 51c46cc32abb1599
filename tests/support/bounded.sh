#!/bin/bash
# The program with at most 160 MB of data; a link to it lies in the data folder.
ulimit -d 163840
exec "$PADAN_DATA_DIR/padan" "$@"
