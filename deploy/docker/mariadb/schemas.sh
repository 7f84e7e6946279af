#!/bin/bash
# Runs once, when the database is made: one schema for each service and one account for each of them all.
set -eu
for schema in session bot ordersync compensation; do
  printf 'CREATE DATABASE IF NOT EXISTS xiaoer_%s CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;\n' "$schema"
  printf "GRANT ALL ON xiaoer_%s.* TO 'xiaoer'@'%%';\n" "$schema"
done | mariadb --user=root --password="$MARIADB_ROOT_PASSWORD"
