-- Version 1. Times are microseconds since 1970, UTC.

-- What is filed, once for all who share it. owner: '' for the web, else the guild it belongs to.
-- AUTOINCREMENT: cursors hold story numbers, which must not come back for another story.
CREATE TABLE story (
  story   INTEGER PRIMARY KEY AUTOINCREMENT,
  owner   TEXT NOT NULL,
  id      TEXT NOT NULL,
  content TEXT NOT NULL,          -- cache.ContentKey
  version INTEGER NOT NULL,       -- 1, and one more each time the text changed
  updated INTEGER NOT NULL,       -- when it last did; 0 if never
  name    TEXT NOT NULL,          -- cache.Name
  title   TEXT NOT NULL,
  site    TEXT NOT NULL,
  record  BLOB NOT NULL,          -- cache.MarshalRecord
  UNIQUE (owner, id)
);
CREATE INDEX story_content ON story (owner, content);

-- The URLs and file names that lead to a story.
CREATE TABLE ref (
  owner TEXT NOT NULL,
  ref   TEXT NOT NULL,
  story INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
  PRIMARY KEY (owner, ref)
) WITHOUT ROWID;
CREATE INDEX ref_story ON ref (story);

-- Which guild sees a story, and since when.
CREATE TABLE filing (
  guild TEXT NOT NULL,
  story INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
  at    INTEGER NOT NULL,
  PRIMARY KEY (guild, story)
) WITHOUT ROWID;
CREATE INDEX filing_newest ON filing (guild, at DESC, story DESC);
CREATE INDEX filing_story ON filing (story);

-- Who shared it there, and each time when.
CREATE TABLE share (
  guild TEXT NOT NULL,
  story INTEGER NOT NULL,
  sharer TEXT NOT NULL,
  at    INTEGER NOT NULL,
  PRIMARY KEY (guild, story, sharer, at),
  FOREIGN KEY (guild, story) REFERENCES filing ON DELETE CASCADE
) WITHOUT ROWID;

-- The quotes of a story. n counts in the story's order; reported is 1 for indirect speech.
CREATE TABLE quote (
  quote    INTEGER PRIMARY KEY,
  story    INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
  reported INTEGER NOT NULL,
  n        INTEGER NOT NULL,
  record   BLOB NOT NULL,         -- cache.MarshalQuote
  UNIQUE (story, reported, n)
);

-- Who speaks in what a guild sees: one row a person, whatever the articles call them. Per guild, so
-- that no guild learns from a name or a count what another one reads.
CREATE TABLE speaker (
  speaker INTEGER PRIMARY KEY AUTOINCREMENT,
  guild   TEXT NOT NULL,
  name    TEXT NOT NULL,          -- cache.Shown of its spellings
  quotes  INTEGER NOT NULL
);
CREATE INDEX speaker_most ON speaker (guild, quotes DESC, name);
CREATE TABLE spelling (
  guild   TEXT NOT NULL,
  name    TEXT NOT NULL,
  speaker INTEGER NOT NULL REFERENCES speaker ON DELETE CASCADE,
  quotes  INTEGER NOT NULL,
  PRIMARY KEY (guild, name)
) WITHOUT ROWID;
CREATE INDEX spelling_speaker ON spelling (speaker);
CREATE TABLE speaker_word (
  guild   TEXT NOT NULL,
  word    TEXT NOT NULL,          -- cache.SpeakerWords of each spelling
  speaker INTEGER NOT NULL REFERENCES speaker ON DELETE CASCADE,
  PRIMARY KEY (guild, word, speaker)
) WITHOUT ROWID;
CREATE INDEX speaker_word_speaker ON speaker_word (speaker);

-- What a speaker said, in the order in which it is listed: newest first without sorting.
CREATE TABLE said (
  speaker  INTEGER NOT NULL REFERENCES speaker ON DELETE CASCADE,
  at       INTEGER NOT NULL,      -- filing.at
  story    INTEGER NOT NULL,
  reported INTEGER NOT NULL,
  n        INTEGER NOT NULL,
  quote    INTEGER NOT NULL REFERENCES quote ON DELETE CASCADE,
  PRIMARY KEY (speaker, at DESC, story DESC, reported, n)
) WITHOUT ROWID;
CREATE INDEX said_quote ON said (quote);

-- Topic search. The tables hold cache.Terms, already folded and stemmed, so the tokenizer only parts
-- them; a term stands once a row, so positions (detail) would say nothing.
CREATE VIRTUAL TABLE story_words USING fts5 (terms, detail = none, tokenize = 'ascii');
CREATE VIRTUAL TABLE quote_words USING fts5 (terms, detail = none, tokenize = 'ascii');
-- Forgotten means gone from the file, also from the index's own pages.
INSERT INTO story_words (story_words, rank) VALUES ('secure-delete', 1);
INSERT INTO quote_words (quote_words, rank) VALUES ('secure-delete', 1);
