package config

import (
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A key is one setting: a leaf of Config.
type key struct {
	name  string // "llm.base_url"
	index []int  // where it is in Config, for reflect's FieldByIndex
	typ   reflect.Type
	usual string // the variable's usual name besides NEWSDESK_…, or ""
}

// keys are all settings in the order of Config.
var keys = leaves(reflect.TypeFor[Config](), "", nil)

// leaves lists the settings of t, whose own key is prefix and whose place in Config is index.
func leaves(t reflect.Type, prefix string, index []int) []key {
	var all []key
	for i := range t.NumField() {
		f := t.Field(i)
		name, at := prefix+f.Tag.Get("yaml"), slices.Concat(index, []int{i})
		if f.Type.Kind() == reflect.Struct {
			all = append(all, leaves(f.Type, name+".", at)...)
			continue
		}
		all = append(all, key{name: name, index: at, typ: f.Type, usual: f.Tag.Get("usual")})
	}
	return all
}

func lookup(name string) (key, bool) {
	for _, k := range keys {
		if k.name == name {
			return k, true
		}
	}
	return key{}, false
}

// isSection reports whether keys stand below name.
func isSection(name string) bool {
	for _, k := range keys {
		if strings.HasPrefix(k.name, name+".") {
			return true
		}
	}
	return false
}

func (k key) isList() bool { return k.typ.Kind() == reflect.Slice }
func (k key) isSecret() bool {
	return k.typ == reflect.TypeFor[Secret]() || k.typ == reflect.TypeFor[[]Secret]()
}

// variable is the key's override in the environment.
func (k key) variable() string {
	return "NEWSDESK_" + strings.ToUpper(strings.ReplaceAll(k.name, ".", "_"))
}

// set gives the key its value, written as text: one for a single value, any number for a list.
// The error says what is wrong with it and never repeats a secret.
func (k key) set(c *Config, values []string) error {
	field := reflect.ValueOf(c).Elem().FieldByIndex(k.index)
	if !k.isList() {
		v, err := parse(k.typ, values[0])
		if err != nil {
			return err
		}
		field.Set(v)
		return nil
	}
	list := reflect.MakeSlice(k.typ, 0, len(values))
	for _, one := range values {
		v, err := parse(k.typ.Elem(), one)
		if err != nil {
			return err
		}
		list = reflect.Append(list, v)
	}
	field.Set(list)
	return nil
}

// parse reads a single value of the types that Config is made of.
func parse(t reflect.Type, s string) (reflect.Value, error) {
	switch t {
	case reflect.TypeFor[time.Duration]():
		d, err := time.ParseDuration(s)
		if err != nil {
			return reflect.Value{}, fmt.Errorf("%q is no duration; write for instance 30s or 2m", s)
		}
		return reflect.ValueOf(d), nil
	case reflect.TypeFor[netip.Prefix]():
		p, err := network(s)
		if err != nil {
			return reflect.Value{}, err
		}
		return reflect.ValueOf(p), nil
	case reflect.TypeFor[uint16]():
		n, err := strconv.ParseUint(s, 10, 16)
		if err != nil || n == 0 {
			return reflect.Value{}, fmt.Errorf("%q is no port; ports are whole numbers from 1 to 65535", s)
		}
		return reflect.ValueOf(uint16(n)), nil
	case reflect.TypeFor[uint32]():
		n, err := strconv.ParseUint(s, 10, 32)
		if err != nil {
			return reflect.Value{}, fmt.Errorf("%q is no number of tokens; write a whole number", s)
		}
		return reflect.ValueOf(uint32(n)), nil
	}
	return reflect.ValueOf(s).Convert(t), nil // string, Secret, Server, FeedSource and Shards
}

// network reads 10.1.0.0/16, and a single address as the network of only itself.
func network(s string) (netip.Prefix, error) {
	if addr, err := netip.ParseAddr(s); err == nil {
		return netip.PrefixFrom(addr, addr.BitLen()), nil
	}
	p, err := netip.ParsePrefix(s)
	if err != nil {
		return p, fmt.Errorf("%q is no network; write for instance 10.1.0.0/16 or fd00::/8", s)
	}
	return p.Masked(), nil
}
