package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// setup is where everything is.
type setup struct {
	newsdesk, data, out string
}

func (s *setup) absolute() (err error) {
	for _, path := range []*string{&s.newsdesk, &s.data, &s.out} {
		if *path, err = filepath.Abs(*path); err != nil {
			return err
		}
	}
	return nil
}

// A job runs newsdesk over one set of the data and reads the measures off what came out. A measure's
// full name is the job's name, a dot and its own.
type job struct {
	name string
	take func(context.Context, setup) (map[string]float64, error)
}

// jobs are all measures. What the fields of the scorers mean, the scorers say.
var jobs = []job{
	{"seed", seed},
	{"quotes", quotes("polnear-dev")},
	{"fitted", quotes("polnear-train")}, // what the rankers learnt from: a check that it runs, no measure of the engine
	{"named", named},
	{"summary", batchJob("summary/bbc-dev.jsonl", []string{"summarize", "--words", "100"},
		[]string{"summary/rouge.py", "{gold}", "{out}", "--words", "100"},
		map[string]string{"rouge2": "rouge2"})},
	{"ask", asked},
	{"qags", grounding("qags-cnndm")},
	{"faithbench", grounding("faithbench-dev")},
	{"unseen", unseen},
	{"scrapinghub", pages("scrapinghub")},
	{"fundus80", pages("fundus80")},
	{"fundusml", pages("fundusml")},
	{"wcxb", pages("wcxb")},
	{"speed", speed},
}

func quotes(set string) func(context.Context, setup) (map[string]float64, error) {
	return batchJob("quotes/"+set+".jsonl", []string{"quotes"},
		[]string{"quotes/score.py", "{gold}", "{out}", "--json"},
		map[string]string{
			"joint": "joint.f1", "found": "found.f1", "speaker": "speaker_accuracy", "pronoun": "pronoun_named",
			"reported": "reported_joint.f1", "not_verbatim": "text_not_verbatim",
		})
}

func grounding(set string) func(context.Context, setup) (map[string]float64, error) {
	return batchJob("grounding/"+set+".jsonl", []string{"verify"},
		[]string{"grounding/score.py", "{gold}", "{out}"},
		map[string]string{"recall": "flag_recall", "lost": "supported_lost", "auroc": "auroc"})
}

// judged fits what the trial on unseen articles says of a set: "qags-cnndm.jsonl: lost as shipped      0.094 (0.064 to …".
var judged = regexp.MustCompile(`(?m)^(qags|faithbench)\S*: (recall as shipped|lost as shipped|area under the curve) +([0-9.]+)`)

// unseen measures the check on articles that it has not learnt from: it is learnt ten times from nine tenths of them.
func unseen(ctx context.Context, s setup) (map[string]float64, error) {
	sets := filepath.Join(s.data, "grounding")
	cmd := exec.CommandContext(ctx, "go", "run", "./summarize/ground/train", filepath.Join(sets, "qags-cnndm.jsonl"), filepath.Join(sets, "faithbench-dev.jsonl"))
	var report bytes.Buffer
	cmd.Stderr = &report
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, report.Bytes())
	}
	return judgements(report.String())
}

// judgements reads the report of that trial.
func judgements(report string) (map[string]float64, error) {
	names := map[string]string{"recall as shipped": "recall", "lost as shipped": "lost", "area under the curve": "auroc"}
	values := map[string]float64{}
	for _, m := range judged.FindAllStringSubmatch(report, -1) {
		value, err := strconv.ParseFloat(m[3], 64)
		if err != nil {
			return nil, err
		}
		values[m[1]+"_"+names[m[2]]] = value
	}
	if len(values) != 2*len(names) {
		return nil, fmt.Errorf("the trial says nothing of some measures:\n%s", report)
	}
	return values, nil
}

// batchJob feeds a file to a batch, has a scorer judge the output, and reads fields of its JSON.
func batchJob(file string, args, score []string, fields map[string]string) func(context.Context, setup) (map[string]float64, error) {
	return func(ctx context.Context, s setup) (map[string]float64, error) {
		out, err := s.batch(ctx, file, args)
		if err != nil {
			return nil, err
		}
		printed, err := s.score(ctx, score, filepath.Join(s.data, file), out)
		if err != nil {
			return nil, err
		}
		return pick(printed, fields)
	}
}

// pages measures extraction. The scorer writes its JSON to a file, under the predictions' name.
func pages(set string) func(context.Context, setup) (map[string]float64, error) {
	return func(ctx context.Context, s setup) (map[string]float64, error) {
		out, err := s.batch(ctx, "articles/"+set+".pages.jsonl.gz", []string{"extract"})
		if err != nil {
			return nil, err
		}
		result := out + ".score"
		score := []string{"articles/score.py", "{gold}", "{out}", "--json", result}
		if _, err := s.score(ctx, score, filepath.Join(s.data, "articles", set+".gold.jsonl"), out); err != nil {
			return nil, err
		}
		data, err := os.ReadFile(result)
		if err != nil {
			return nil, err
		}
		var byName map[string]json.RawMessage
		if err := json.Unmarshal(data, &byName); err != nil {
			return nil, err
		}
		for _, scores := range byName {
			return pick(scores, map[string]string{"f1": "F1", "quote": "quote"})
		}
		return nil, errors.New("the scorer wrote nothing")
	}
}

// named measures whether full names are right; its scorer prints two numbers.
func named(ctx context.Context, s setup) (map[string]float64, error) {
	out, err := s.batch(ctx, "quotes/polnear-dev.jsonl", []string{"quotes"})
	if err != nil {
		return nil, err
	}
	printed, err := s.score(ctx, []string{"quotes/named.py", "{out}", "{gold}"}, filepath.Join(s.data, "quotes", "speakers-dev.jsonl"), out)
	if err != nil {
		return nil, err
	}
	var right, coverage float64
	if _, err := fmt.Sscan(string(printed), &right, &coverage); err != nil {
		return nil, fmt.Errorf("read %q: %w", printed, err)
	}
	return map[string]float64{"right": right, "coverage": coverage}, nil
}

// measured fits what the tests of the desk say of their measures.
var measured = regexp.MustCompile(`measure (\w+) ([0-9.]+)`)

// asked measures questions and claims that are made from annotated quotations: how many questions are answered with
// the right quotation first, within one article and over all as one archive, and how many claims are judged rightly. The
// tests of the desk make and ask them: a program started for each of some thousands would take an hour.
func asked(ctx context.Context, s setup) (map[string]float64, error) {
	cmd := exec.CommandContext(ctx, "go", "test", "-count=1", "-v", "-timeout=60m", "-run=^TestMade", "./desk")
	cmd.Env = append(s.environment(), "NEWSDESK_MEASURE=1", "NEWSDESK_SHARED="+s.data)
	cmd.Stderr = os.Stderr
	printed, err := cmd.Output()
	values := map[string]float64{}
	for _, m := range measured.FindAllSubmatch(printed, -1) {
		value, parseErr := strconv.ParseFloat(string(m[2]), 64)
		if parseErr != nil {
			return nil, parseErr
		}
		values[string(m[1])] = value
	}
	if err != nil && len(values) == 0 {
		return nil, fmt.Errorf("the tests of the desk: %w", err)
	}
	return values, nil
}

// speed measures articles a second on one core: of the processor's time, which what else runs on the
// machine changes little.
func speed(ctx context.Context, s setup) (map[string]float64, error) {
	in, n, err := s.open("quotes/polnear-train.jsonl")
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, s.newsdesk, "quotes", "--batch")
	cmd.Env = append(s.environment(), "GOMAXPROCS=1")
	cmd.Stdin, cmd.Stdout = bytes.NewReader(in), io.Discard
	if err := cmd.Run(); err != nil {
		return nil, err
	}
	used := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return map[string]float64{"quotes": float64(n) / used.Seconds()}, nil
}

// batch runs `newsdesk … --batch` over a file of the data and returns the file of its answers.
func (s setup) batch(ctx context.Context, file string, args []string) (string, error) {
	in, _, err := s.open(file)
	if err != nil {
		return "", err
	}
	name := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(file), ".gz"), ".jsonl") + "." + args[0] + ".jsonl"
	path := filepath.Join(s.out, name)
	out, err := os.Create(path)
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, s.newsdesk, append(args[:len(args):len(args)], "--batch")...)
	cmd.Env = s.environment()
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(in), out, os.Stderr
	err = cmd.Run()
	return path, errors.Join(err, out.Close())
}

// environment is what newsdesk sees: no model, or the measures would be another's.
func (s setup) environment() []string {
	var env []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "NEWSDESK_") && !strings.HasPrefix(v, "OPENAI_") {
			env = append(env, v)
		}
	}
	return append(env, "NEWSDESK_STORE_PATH="+filepath.Join(s.out, "eval.db"))
}

// open reads a file of the data, unpacked, and counts its lines.
func (s setup) open(file string) (data []byte, lines int, err error) {
	f, err := os.Open(filepath.Join(s.data, filepath.FromSlash(file)))
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = f.Close() }() // nothing was written
	var r io.Reader = f
	if strings.HasSuffix(file, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return nil, 0, err
		}
	}
	data, err = io.ReadAll(r)
	return data, bytes.Count(data, []byte("\n")), err
}

// score runs one of the data's scorers and returns what it prints.
func (s setup) score(ctx context.Context, command []string, gold, out string) ([]byte, error) {
	args := []string{filepath.Join(s.data, filepath.FromSlash(command[0]))}
	for _, a := range command[1:] {
		args = append(args, strings.NewReplacer("{gold}", gold, "{out}", out).Replace(a))
	}
	cmd := exec.CommandContext(ctx, "python3", args...)
	cmd.Stderr = os.Stderr
	return cmd.Output()
}

// pick reads numbers out of a scorer's JSON, each by its path ("joint.f1").
func pick(printed []byte, fields map[string]string) (map[string]float64, error) {
	var root any
	if err := json.Unmarshal(printed, &root); err != nil {
		return nil, fmt.Errorf("read the scorer's output: %w", err)
	}
	values := map[string]float64{}
	for name, path := range fields {
		at := root
		for _, part := range strings.Split(path, ".") {
			object, _ := at.(map[string]any)
			at = object[part]
		}
		value, ok := at.(float64)
		if !ok {
			return nil, fmt.Errorf("the scorer says nothing of %s", path)
		}
		values[name] = value
	}
	return values, nil
}
