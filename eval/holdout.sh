#!/usr/bin/env bash
# How good the quotation engine is on publishers that it learnt nothing from: the articles are split by
# the publisher in their id, the rankers are learnt anew without each part, and what they say of it is
# scored together. Prints the scorer's measures and, with 1,000 draws of whole articles, the interval
# in which 95 % of the joint F1 and of the speaker accuracy fall.
#
#	eval/holdout.sh [DATA]     DATA: the folder with quotes/polnear-train.jsonl, ../shared by default
set -euo pipefail
cd "$(dirname "$0")/.."
data="$(cd "${1:-../shared}" && pwd)/quotes"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

git archive HEAD | tar x -C "$work"
cd "$work"
go build -o train ./quote/train
for part in politico,wash-post breitbart,west-journal nyt,huff-post,usa-today; do
  ./train -hold "$part" -o quote "$data/polnear-train.jsonl" >/dev/null
  go build -o newsdesk-held ./cmd/newsdesk
  grep -E "^\{\"id\": \"(${part//,/|})_" "$data/polnear-train.jsonl" | ./newsdesk-held quotes --batch >>held.jsonl
done
python3 "$data/score.py" "$data/polnear-train.jsonl" held.jsonl

python3 - "$data" held.jsonl <<'PY'
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
