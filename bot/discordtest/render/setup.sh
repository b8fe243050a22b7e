#!/bin/sh
# Installs what pictures of messages need, where it is missing (Debian).
set -eu
command -v chromium >/dev/null && fc-list | grep -q NotoSansArabic && exit 0
apt-get update -q
DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium fonts-noto-core fonts-noto-color-emoji fontconfig
