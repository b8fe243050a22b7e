#!/usr/bin/env bash
# How good the quotation engine is on publishers that it learnt nothing from: the annotated articles are divided by
# publisher, the rankers learnt without each part, and what they say of it is scored together.
#
#	eval/heldout.sh [DATA] [-by-article]     DATA: ../shared by default; -by-article: other articles will do
set -euo pipefail
cd "$(dirname "$0")/.."
data="$(cd "${1:-../shared}" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
go run ./quote/train ${2:-} -held "$work/held.jsonl" "$data"
python3 eval/press.py "$data" "$work/held.jsonl"
sed -n 's/"id":"polnear:/"id":"/p' "$work/held.jsonl" >"$work/polnear.jsonl"
python3 "$data/quotes/score.py" "$data/quotes/polnear-train.jsonl" "$work/polnear.jsonl"

python3 - "$data/quotes" "$work/polnear.jsonl" <<'PY'
import json, random, sys
sys.path.insert(0, sys.argv[1])
from score import match, right
gold = {d['id']: d for d in map(json.loads, open(sys.argv[1] + '/polnear-train.jsonl'))}
rows = []
for d in map(json.loads, open(sys.argv[2])):
    g = gold[d['id']]['quotes']
    p = [q for q in d['quotes'] if q['kind'] != 'indirect']
    m = match(p, g, .8)
    rows.append((len(g), sum(bool(q['speaker'] or q['mention']) for q in p), len(m), sum(right(p[i], g[j]) for i, j in m)))
def scores(rows):
    gold, given, found, hit = map(sum, zip(*rows))
    return 2 * hit / (gold + given), hit / found
random.seed(1)
draws = sorted(scores(random.choices(rows, k=len(rows))) for _ in range(1000))
accuracy = sorted(a for _, a in draws)
print(f'joint F1           95 % within {draws[25][0]:.3f} and {draws[974][0]:.3f}')
print(f'speaker_accuracy   95 % within {accuracy[25]:.3f} and {accuracy[974]:.3f}')
PY
