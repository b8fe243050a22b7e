#!/usr/bin/env python3
"""Is the speaker's full name right, in news of many outlets and languages?   usage: press.py DATA PRED.jsonl

The annotations lie in quote/train, as offsets into the articles of DATA and as articles of our own writing. PRED has a
line {"id":"SET:ID","quotes":[…]} an article, as `go run ./quote/train -held` writes it. For each set and language:
  said      stretches that somebody said;  found: those that match a predicted one (overlap / union >= 0.8)
  right     found, and the predicted speaker is the same name (first and last word, titles aside) or description
  named     the same, of those whose speaker has a name;  95 %: the interval of 1,000 draws of whole articles
  given     of the stretches that nobody said, the share with a speaker; shown: with a confidence of 0.5 or more"""
import collections, glob, json, os, random, re, sys, unicodedata

here = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'quote', 'train')
TITLES = set('mr mrs ms dr president sen senator gov governor rep former secretary the sir lord gen general prof der die das le la les el los las a an ein eine un une una herr frau m mme'.split())

def words(s):
    s = unicodedata.normalize('NFKD', s or '').replace('’', "'").lower()
    s = re.sub(r"'s\b|\b[ld]'", '', ''.join(c for c in s if not unicodedata.combining(c)))
    return [w for w in re.findall(r"[\w'-]+", s) if w not in TITLES]

def is_name(s):
    return all(w[:1].isupper() or w in {'of', 'de', 'la', 'al', 'el', 'van', 'von', 'der', 'den', 'bin', 'du', 'des', 'del', 'y', 'and', 'the', 'da', 'für'} for w in s.split())

def same(p, g):
    a, b = words(p), words(g)
    if not a or not b: return False
    if set(a) == set(b) or len(a) > 1 and len(b) > 1 and (a[0], a[-1]) == (b[0], b[-1]): return True
    return not is_name(g) and (set(a) <= set(b) or set(b) <= set(a))

def overlap(a, s, e):
    return max(0, min(a['end'], e) - max(a['start'], s)) / ((max(a['end'], e) - min(a['start'], s)) or 1)

def language(text):
    n = collections.Counter(re.findall(r'\w+', text.lower()))
    of = {'en': n['the'] + n['and'] + n['of'], 'de': n['der'] + n['und'] + n['die'], 'fr': n['le'] + n['les'] + n['et'], 'es': n['el'] + n['los'] + n['y']}
    return max(of, key=of.get)

def press(data):
    for tsv in sorted(glob.glob(here + '/annotations/*.tsv')):
        name = os.path.basename(tsv)[:-4]
        if name == 'polnear-train': continue
        rows = collections.defaultdict(list)
        for line in open(tsv): 
            f = line.rstrip('\n').split('\t'); rows[f[0]].append(f[1:])
        for d in map(json.loads, open(f'{data}/articles/{name}.gold.jsonl', encoding='utf-8')):
            if d['id'] not in rows: continue
            raw = d['articleBody'].encode()
            text = lambda a, b: raw[int(a):int(b)].decode() if a != '-' else ''
            yield name, language(d['articleBody']), f"{name}:{d['id']}", [
                (int(r[0]), int(r[1]), None if len(r) < 6 else text(r[4], r[5]) or text(r[2], r[3])) for r in rows[d['id']]]

def own():
    for file in sorted(glob.glob(here + '/articles/*/*.txt')):
        lang, name = file.split('/')[-2:]
        text, answers = open(file, encoding='utf-8').read().split('\n----\n')
        at, quotes = 0, []
        for who, _, said in (l.split('\t') for l in answers.splitlines()):
            k = text.index(said, at); at = k + len(said)
            if who != '?': quotes.append((len(text[:k].encode()), len(text[:at].encode()), None if who == 'nobody' else who.split('; ')[0]))
        yield 'our own', lang, f'own:{lang}/{name[:-4]}', quotes

pred = {d['id']: [q for q in d['quotes'] if q['kind'] != 'indirect'] for d in map(json.loads, open(sys.argv[2], encoding='utf-8'))}
rows = collections.defaultdict(list)
for name, lang, id, quotes in [*press(sys.argv[1]), *own()]:
    n = collections.Counter()
    for start, end, who in quotes:
        p = max(pred.get(id, []), key=lambda p: overlap(p, start, end), default=None)
        p = p if p and overlap(p, start, end) >= .8 else None
        if who is None:
            n['nobody'] += 1; n['given'] += bool(p and p['speaker']); n['shown'] += bool(p and p['speaker'] and p['confidence'] >= .5)
            continue
        ok = bool(p) and same(p['speaker'], who)
        n['said'] += 1; n['found'] += bool(p); n['right'] += ok; n['of names'] += is_name(who); n['named'] += ok and is_name(who)
    rows[name, lang].append(n)
    if name != 'our own': rows['all sets', lang].append(n)
rate = lambda c, a, b: c[a] / (c[b] or 1)
random.seed(1)
print(f"{'set':12} lang  said  found  right  named  95 %            nobody  given  shown")
for (name, lang), articles in sorted(rows.items(), key=lambda x: (x[0][1], x[0][0])):
    c = sum(articles, collections.Counter())
    draws = sorted(rate(sum(random.choices(articles, k=len(articles)), collections.Counter()), 'named', 'of names') for _ in range(1000))
    print(f"{name:12} {lang:4} {c['said']:5}  {rate(c, 'found', 'said'):.3f}  {rate(c, 'right', 'said'):.3f}  {rate(c, 'named', 'of names'):.3f}  {draws[25]:.3f}–{draws[974]:.3f}    {c['nobody']:5}  {rate(c, 'given', 'nobody'):.3f}  {rate(c, 'shown', 'nobody'):.3f}")
