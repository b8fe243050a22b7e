package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/adrg/xdg"
)

// maxFile is how much of a file is read: no configuration is as long, and a device has no end.
const maxFile = 1 << 20

// Load reads the file at path ("" for none) and the environment over the defaults. getenv is
// [os.Getenv], or a test's. The error, if any, is an [Error].
func Load(path string, getenv func(string) string) (Config, error) {
	c := Default()
	var found Error
	from := map[string]origin{} // where each key was set last, for the problems that check finds
	if path != "" {
		data, err := read(path)
		if err != nil {
			return c, Error{{Source: path, Text: fileProblem(err)}}
		}
		found = append(found, readYAML(&c, path, data, from)...)
	}
	found = append(found, readEnvironment(&c, getenv, from)...)
	found = append(found, check(&c, from)...)
	if len(found) > 0 {
		return c, found
	}
	return c, nil
}

// Find says which file is to be read: named (by --config), NEWSDESK_CONFIG, ./config.yaml,
// newsdesk/config.yaml in the user's configuration folder; "" when there is none. One that is named
// need not exist: that it doesn't is for [Load] to say.
func Find(named string, getenv func(string) string) string {
	if named != "" {
		return named
	}
	if named := getenv("NEWSDESK_CONFIG"); named != "" {
		return named
	}
	for _, path := range []string{"config.yaml", filepath.Join(xdg.ConfigHome, "newsdesk", "config.yaml")} {
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return ""
}

// origin is where a value was set.
type origin struct {
	source string
	line   int
}

var (
	errTooLong   = errors.New("is longer than a configuration can be (1 MB)")
	errDirectory = errors.New("is a directory; name the file in it")
)

func read(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // nothing was written
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, errDirectory
	}
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if len(data) > maxFile {
		return nil, errTooLong
	}
	return data, err
}

// fileProblem puts into words why a file could not be read.
func fileProblem(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file; name another with --config, or none to use the defaults"
	case errors.Is(err, fs.ErrPermission):
		return "may not be read; check the file's permissions"
	}
	return err.Error()
}

// readEnvironment applies the overrides.
func readEnvironment(c *Config, getenv func(string) string, from map[string]origin) Error {
	var found Error
	for _, k := range keys {
		variable, value, err := k.override(getenv)
		if err == nil && variable == "" {
			continue
		}
		if err == nil {
			values := []string{value}
			if k.isList() {
				values = strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' })
			}
			err = k.set(c, values)
		}
		if err != nil {
			found = append(found, Problem{Source: variable, Key: k.name, Text: err.Error()})
			continue
		}
		from[k.name] = origin{source: variable}
	}
	return found
}

// override is the value that the environment holds for the key and the variable that holds it, the
// most particular name first; "" when none does.
func (k key) override(getenv func(string) string) (variable, value string, err error) {
	names := []string{k.variable()}
	if k.usual != "" {
		names = append(names, k.usual)
	}
	for _, name := range names {
		if value := getenv(name); value != "" {
			return name, value, nil
		}
		if !k.isSecret() {
			continue
		}
		if path := getenv(name + "_FILE"); path != "" {
			data, err := read(path)
			if err != nil {
				return name + "_FILE", "", fmt.Errorf("%s: %s", path, secretProblem(err))
			}
			return name + "_FILE", strings.TrimSpace(string(data)), nil
		}
	}
	return "", "", nil
}

// secretProblem is fileProblem for a file that holds a secret.
func secretProblem(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "there is no such file; the variable names the file that holds the secret"
	}
	return fileProblem(err)
}
