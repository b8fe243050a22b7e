// Package redistest starts Redis servers for tests: real redis-server processes on free ports of the
// loopback, which end with the test.
//
//	server := redistest.Start(t)
//	store, err := redis.Open(ctx, redis.Options{URL: server.URL()})
//
// Where there is no redis-server, the test is skipped, unless NEWSDESK_TEST_REDIS is "required": then it
// fails, as in CI, which installs one.
package redistest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// Required is the variable that says whether tests may do without Redis.
const Required = "NEWSDESK_TEST_REDIS"

// patience is how long a server may take to come up.
const patience = 20 * time.Second

// Server is a running redis-server.
type Server struct {
	Addr string // host and port

	t    testing.TB
	dir  string
	conf string // a Sentinel's file
	args []string
	cmd  *exec.Cmd
	log  bytes.Buffer
	done chan struct{} // closed when the process has ended
}

// binary finds redis-server, or ends the test.
func binary(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath("redis-server")
	if err == nil {
		return path
	}
	if os.Getenv(Required) == "required" {
		t.Fatalf("no redis-server: %v", err)
	}
	t.Skip("no redis-server on this machine; install it (apt-get install redis-server) to run this test")
	return ""
}

// Start runs a redis-server with args (pairs such as "--maxmemory", "5mb") until the test ends. It keeps
// what it was told across [Server.Kill] and [Server.Restart].
func Start(t testing.TB, args ...string) *Server {
	t.Helper()
	binary(t)
	// Another process may take the port between the look and the start.
	return start(t, func(*Server) {}, args...)
}

// start runs a server on a free port; set may complete what is known of it.
func start(t testing.TB, set func(*Server), args ...string) *Server {
	t.Helper()
	for range 5 {
		s := &Server{t: t, Addr: "127.0.0.1:" + strconv.Itoa(freePort(t)), dir: t.TempDir(), args: args}
		set(s)
		if s.run() == nil {
			t.Cleanup(func() { s.Kill() })
			return s
		}
	}
	t.Fatal("redis-server did not come up on any of five ports")
	return nil
}

func freePort(t testing.TB) int {
	t.Helper()
	// The bus of a Cluster takes the port 10,000 above, so not all will do.
	for {
		l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		port := l.Addr().(*net.TCPAddr).Port
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if port < 55_000 {
			return port
		}
	}
}

// run starts the process and waits until it answers.
func (s *Server) run() error {
	_, port, err := net.SplitHostPort(s.Addr)
	if err != nil {
		return err
	}
	args := append([]string{"--bind", "127.0.0.1", "--port", port, "--dir", s.dir, "--save", "",
		"--appendonly", "yes", "--appendfsync", "always", "--daemonize", "no", "--loglevel", "notice"}, s.args...)
	if s.conf != "" {
		args = []string{s.conf, "--sentinel", "--bind", "127.0.0.1", "--port", port, "--dir", s.dir, "--daemonize", "no"}
	}
	s.log.Reset()
	s.cmd = exec.Command(binary(s.t), args...) //nolint:noctx // it ends with the test, by Kill
	s.cmd.Stdout, s.cmd.Stderr = &s.log, &s.log
	if err := s.cmd.Start(); err != nil {
		return err
	}
	s.done = make(chan struct{})
	go func() {
		defer close(s.done)
		_ = s.cmd.Wait() // it is killed
	}()
	if err := s.await(); err != nil {
		s.Kill()
		s.t.Logf("redis-server: %v\n%s", err, s.log.String())
		return err
	}
	return nil
}

func (s *Server) await() error {
	client := s.Client()
	defer client.Close() //nolint:errcheck // only pinged
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		err := client.Ping(ctx).Err()
		if err == nil || goredis.IsAuthError(err) { // it wants a password: it is there
			return nil
		}
		timer := time.NewTimer(5 * time.Millisecond)
		select {
		case <-timer.C:
		case <-s.done:
			return errors.New("it ended")
		case <-ctx.Done():
			return err
		}
	}
}

// URL is the server's address.
func (s *Server) URL() string { return "redis://" + s.Addr }

// Client is a client of its own, for a look behind what is tested. The caller closes it.
func (s *Server) Client() *goredis.Client { return goredis.NewClient(&goredis.Options{Addr: s.Addr}) }

// Kill ends the process at once, as kill -9 does.
func (s *Server) Kill() {
	if s.cmd != nil && s.cmd.Process != nil {
		_ = s.cmd.Process.Kill() // it may have ended
		<-s.done
	}
}

// Restart runs a killed server again, on the same port with the same files.
func (s *Server) Restart() {
	s.t.Helper()
	if err := s.run(); err != nil {
		s.t.Fatalf("redis-server did not come up again: %v", err)
	}
}

// Cluster is a Redis Cluster of three servers.
type Cluster struct{ Servers []*Server }

// StartCluster runs three servers that share the slots between them.
func StartCluster(t testing.TB) *Cluster {
	t.Helper()
	var c Cluster
	for range 3 {
		c.Servers = append(c.Servers, Start(t, "--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf",
			"--cluster-node-timeout", "2000", "--cluster-require-full-coverage", "yes"))
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	const slots = 16384
	for i, s := range c.Servers {
		client := s.Client()
		defer client.Close() //nolint:errcheck,gocritic // three of them
		if err := client.ClusterAddSlotsRange(ctx, i*slots/3, (i+1)*slots/3-1).Err(); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			continue
		}
		host, port, err := net.SplitHostPort(c.Servers[0].Addr)
		if err != nil {
			t.Fatal(err)
		}
		if err := client.ClusterMeet(ctx, host, port).Err(); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range c.Servers {
		if err := s.awaitCluster(ctx, len(c.Servers)); err != nil {
			t.Fatalf("the Cluster does not come together: %v", err)
		}
	}
	return &c
}

func (s *Server) awaitCluster(ctx context.Context, nodes int) error {
	client := s.Client()
	defer client.Close() //nolint:errcheck // only asked
	for {
		info, err := client.ClusterInfo(ctx).Result()
		if err != nil {
			return err
		}
		if strings.Contains(info, "cluster_state:ok") && strings.Contains(info, fmt.Sprintf("cluster_known_nodes:%d", nodes)) &&
			strings.Contains(info, "cluster_slots_ok:16384") {
			return nil
		}
		timer := time.NewTimer(20 * time.Millisecond)
		select {
		case <-timer.C:
		case <-ctx.Done():
			return fmt.Errorf("%w: %s", ctx.Err(), info)
		}
	}
}

// URL names all servers of the Cluster.
func (c *Cluster) URL() string {
	addrs := make([]string, 0, len(c.Servers))
	for _, s := range c.Servers[1:] {
		addrs = append(addrs, "addr="+s.Addr)
	}
	return c.Servers[0].URL() + "?" + strings.Join(addrs, "&")
}

// Watched is a master with a replica, and a Sentinel that watches over them under the name "news".
type Watched struct{ Master, Replica, Sentinel *Server }

// StartWatched runs all three; a replica takes over within seconds of the master's death.
func StartWatched(t testing.TB) *Watched {
	t.Helper()
	var w Watched
	w.Master = Start(t)
	host, port, err := net.SplitHostPort(w.Master.Addr)
	if err != nil {
		t.Fatal(err)
	}
	w.Replica = Start(t, "--replicaof", host+" "+port, "--repl-diskless-sync-delay", "0")
	w.Sentinel = start(t, func(s *Server) {
		s.conf = filepath.Join(s.dir, "sentinel.conf")
		conf := fmt.Sprintf("sentinel monitor news %s %s 1\nsentinel down-after-milliseconds news 500\n"+
			"sentinel failover-timeout news 3000\n", host, port)
		if err := os.WriteFile(s.conf, []byte(conf), 0o600); err != nil {
			t.Fatal(err)
		}
	})
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	sentinel := goredis.NewSentinelClient(&goredis.Options{Addr: w.Sentinel.Addr})
	defer sentinel.Close() //nolint:errcheck // only asked
	for {
		replicas, err := sentinel.Replicas(ctx, "news").Result()
		if err == nil && len(replicas) == 1 && replicas[0]["master-link-status"] == "ok" {
			return &w
		}
		timer := time.NewTimer(50 * time.Millisecond)
		select {
		case <-timer.C:
		case <-ctx.Done():
			t.Fatalf("the Sentinel does not see the replica: %v, %v", replicas, err)
		}
	}
}

// URL is the Sentinel's address.
func (w *Watched) URL() string { return w.Sentinel.URL() + "?master_name=news" }

// Dump is every key that begins with prefix, and all that it holds, as bytes: to look for what should not
// be there.
func Dump(t testing.TB, prefix string, servers ...*Server) []byte {
	t.Helper()
	var all bytes.Buffer
	for _, s := range servers {
		client := s.Client()
		ctx := context.Background()
		for keys := client.Scan(ctx, 0, glob(prefix)+"*", 1000).Iterator(); keys.Next(ctx); {
			key := keys.Val()
			content, err := read(ctx, client, key)
			if errors.Is(err, goredis.Nil) {
				continue // its time was over meanwhile
			}
			if err != nil {
				t.Fatalf("read %s: %v", key, err)
			}
			fmt.Fprintf(&all, "%s = %s\n", key, content)
		}
		if err := client.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return all.Bytes()
}

// glob quotes what Redis's patterns take for their own.
func glob(s string) string { return strings.NewReplacer("*", `\*`, "?", `\?`, "[", `\[`).Replace(s) }

func read(ctx context.Context, c *goredis.Client, key string) (string, error) {
	kind, err := c.Type(ctx, key).Result()
	if err != nil {
		return "", err
	}
	var content any
	switch kind {
	case "string":
		content, err = c.Get(ctx, key).Result()
	case "hash":
		content, err = c.HGetAll(ctx, key).Result()
	case "zset":
		content, err = c.ZRangeWithScores(ctx, key, 0, -1).Result()
	case "set":
		content, err = c.SMembers(ctx, key).Result()
	case "list":
		content, err = c.LRange(ctx, key, 0, -1).Result()
	case "none":
		return "", nil
	default:
		return "", fmt.Errorf("a key of type %s", kind)
	}
	return fmt.Sprint(content), err
}

// Files is every byte in the server's folder: what its log of commands holds.
func (s *Server) Files() []byte {
	s.t.Helper()
	var all []byte
	err := filepath.WalkDir(s.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path) //nolint:gosec // the test's own folder
		all = append(all, data...)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}
