package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"newsdesk/cache"
	"newsdesk/digest"
	"newsdesk/queue"
)

// Digests is the kind of the errands that digests are when they are due.
const Digests = "digest"

// DefaultLateness is how late a digest may be posted if nobody says anything else.
const DefaultLateness = 3 * time.Hour

const (
	// lookEvery is how often it is looked what is due.
	lookEvery = 2 * time.Second
	// mostWaiting is how many errands may wait for more to be noted at once: people who ask are not to stand behind all
	// the digests of nine o'clock.
	mostWaiting = 64
	// notedAgain is after what time a digest that was noted and is not told yet is noted anew: the queue may have given
	// it up, as Discord was away for longer than it tries.
	notedAgain = 15 * time.Minute
	// issueTime is how long one try at a digest may take. What its subscribers have by then they are not sent again.
	issueTime = 10 * time.Minute
)

// issueArgs say which digest an errand is.
type issueArgs struct {
	Schedule string    `json:"schedule"`
	Due      time.Time `json:"due"`
}

// KeepSchedules looks what is due, over and over, until ctx ends. Every process of a newsdesk does so; the digests are
// posted by those that work errands with [Desk.Issues].
func (d *Desk) KeepSchedules(ctx context.Context) error {
	repeat(ctx, lookEvery, func() {
		if err := d.Look(ctx); err != nil && ctx.Err() == nil {
			d.log.WarnContext(ctx, "not looked which digests are due", "error", err)
		}
	})
	return nil
}

// Look notes the digests that are due. What one process or another has noted already, it does not note again.
func (d *Desk) Look(ctx context.Context) error {
	waiting, err := d.Pending(ctx)
	room := mostWaiting - waiting.Waiting
	if err != nil || room <= 0 {
		return err
	}
	now := d.now()
	due, err := d.store.Agenda(ctx, Digests, now, room)
	if err != nil {
		return fmt.Errorf("read the agenda: %w", err)
	}
	var failed []error // what is amiss with one is no matter of the others
	for _, a := range due {
		if err := d.lookAfter(ctx, a, now); err != nil {
			failed = append(failed, fmt.Errorf("%s of %s: %w", a.Name, a.Guild, err))
			if Passing(err) { // nor can the others be looked after
				break
			}
		}
	}
	return errors.Join(failed...)
}

// lookAfter notes the digest of an appointment, if one is due.
func (d *Desk) lookAfter(ctx context.Context, a cache.Appointment, now time.Time) error {
	id := a.Name[len(schedulePrefix):]
	e, err := d.entry(ctx, a.Guild, id)
	switch {
	case errors.Is(err, ErrNoSchedule):
		return d.store.Appoint(ctx, a.Guild, a.Name, time.Time{})
	case errors.Is(err, errNotUnderstood): // by this newsdesk; another may
		d.log.ErrorContext(ctx, "schedule not looked after", "guild", a.Guild, "error", err)
		return d.store.Appoint(ctx, a.Guild, a.Name, now.Add(notedAgain))
	case err != nil:
		return err
	}
	due := e.Times.Last(now)
	if e.told.stopped() || !due.After(e.began()) && !e.unread(due) {
		return d.store.Appoint(ctx, a.Guild, a.Name, e.next(now))
	}
	args, err := json.Marshal(issueArgs{id, due.UTC()})
	if err != nil {
		return err
	}
	again := int(now.Sub(due) / notedAgain)
	name := fmt.Sprintf("%s %s %s %d %d", Digests, a.Guild, id, due.Unix(), again)
	if _, err := d.Note(ctx, Errand{ID: name, Kind: Digests, Guild: a.Guild, Args: args}); err != nil {
		return err
	}
	return d.store.Appoint(ctx, a.Guild, a.Name, due.Add(time.Duration(again+1)*notedAgain))
}

// began is the moment from which on what is due has not been told yet.
func (e *entry) began() time.Time {
	if e.told.Until.After(e.Set) {
		return e.told.Until
	}
	return e.Set
}

// unread reports whether the digest of a moment was posted and some of its subscribers lack it.
func (e *entry) unread(due time.Time) bool {
	if !e.told.Until.Equal(due) || e.told.Message == "" {
		return false
	}
	for _, r := range e.readers {
		if r.Told.Before(due) {
			return true
		}
	}
	return false
}

// missed is how many digests were due before another and not told: nobody was there, it was too late, or the channel did
// not take them. The next one tells what they would have.
func (e *entry) missed(due time.Time) (n int) {
	for at := e.Times.Next(e.began()); at.Before(due); at = e.Times.Next(at) {
		n++
	}
	return n
}

// since is when the period begins that the next digest is of: where the last one that was told ended. The first is of
// the whole time between two.
func (e *entry) since() time.Time {
	if e.told.Until.IsZero() {
		return e.Times.Last(e.Set)
	}
	return e.told.Until
}

// Issue is a digest that is due, for whoever posts it.
type Issue struct {
	Guild    string
	Schedule Schedule
	Due      time.Time     // in the schedule's zone
	Late     time.Duration // how long ago that is, in whole minutes; 0 for no minute
	News     digest.Digest // since the last one that was told
	Missed   int           // how many were due since then, and were not told
	Reader   string        // the subscriber that it is for; "" for the channel
	Language string        // of the words around the articles'; "" for English
}

// Refusal is a digest that a channel did not take, for the one who set its schedule.
type Refusal struct {
	Guild    string
	Schedule Schedule
	Due      time.Time // in the schedule's zone
	Why      error     // as [Poster] returned it
	Stopped  bool      // the schedule has, as it was one too many
}

// Poster brings digests to where people read them. An issue is the same for it if guild, schedule, moment and reader are.
type Poster interface {
	// PostDigest posts an issue, in its schedule's channel or to its reader, and returns the ID of its message. Of two
	// calls for the same one within a minute, one posts. [ErrNotTaken] if the channel is gone or locked, or the reader
	// takes no messages; [ErrNotMember] if the reader has left the guild.
	PostDigest(ctx context.Context, i Issue) (message string, err error)
	// FindDigest returns the ID of the message by which an issue was posted, "" if it was not. Errors as above.
	FindDigest(ctx context.Context, i Issue) (message string, err error)
	// TellRefusal tells who set a schedule that its channel takes nothing.
	TellRefusal(ctx context.Context, r Refusal) error
}

// What a [Poster] cannot do, now or a little later.
var (
	ErrNotTaken  = errors.New("the message is not taken there")
	ErrNotMember = errors.New("not a member of the guild any more")
)

// Issues runs the errands that digests are when they are due; see [Desk.Work].
//
// A digest is posted once: told says up to which moment all was, and by which message. A process that dies over it leaves
// the moment in told.Trying, and whoever comes next looks first whether it stands there already.
func (d *Desk) Issues(p Poster) Runner {
	return func(ctx context.Context, e Errand) error {
		var args issueArgs
		if err := json.Unmarshal(e.Args, &args); err != nil {
			return queue.GiveUp(fmt.Errorf("digest: %w", err))
		}
		ctx, cancel := context.WithTimeout(ctx, issueTime)
		defer cancel()
		entry, err := d.entry(ctx, e.Guild, args.Schedule)
		if errors.Is(err, ErrNoSchedule) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := d.issue(ctx, p, e.Guild, &entry, args.Due); err != nil {
			return fmt.Errorf("digest of %s: %w", args.Due, err)
		}
		return d.ahead(ctx, e.Guild, args.Schedule, args.Due)
	}
}

// issue posts the digest of a moment where it was not posted yet, and sends it to those who lack it.
func (d *Desk) issue(ctx context.Context, p Poster, guild string, e *entry, due time.Time) error {
	late := d.now().Sub(due)
	i := Issue{Guild: guild, Schedule: e.Schedule, Due: due.In(e.Times.Zone), Late: late.Truncate(time.Minute), Language: e.Language}
	if err := d.settle(ctx, p, i, e); err != nil {
		return err
	}
	if late > d.lateness {
		d.log.WarnContext(ctx, "digest too late", "guild", guild, "schedule", e.ID, "due", due, "late", late)
		return nil
	}
	if !e.told.stopped() && due.After(e.began()) && e.Times.Last(due).Equal(due) {
		if err := d.post(ctx, p, i, e); err != nil {
			return err
		}
	}
	if e.unread(due) {
		return d.send(ctx, p, i, e)
	}
	return nil
}

// settle finds out whether the digest over which a process died was posted, that of i or one before it.
func (d *Desk) settle(ctx context.Context, p Poster, i Issue, e *entry) error {
	trying := e.told.Trying
	if !trying.After(e.began()) {
		return nil
	}
	i.Due, i.Schedule.Channel = trying.In(e.Times.Zone), e.told.TryingIn
	message, err := p.FindDigest(ctx, i)
	if errors.Is(err, ErrNotTaken) || err == nil && message == "" {
		return nil
	}
	if err != nil {
		return err
	}
	e.told = told{Since: e.since(), Until: trying, Missed: e.missed(trying), Channel: e.told.TryingIn, Message: message}
	return d.set(ctx, i.Guild, toldName(e.ID), e.told)
}

// post posts an issue in its channel and notes what became of it, there and in e.
func (d *Desk) post(ctx context.Context, p Poster, i Issue, e *entry) (err error) {
	i.Missed = e.missed(i.Due)
	told := told{Since: e.since(), Until: i.Due.UTC(), Missed: i.Missed}
	if i.News, err = d.Digest(ctx, i.Guild, told.Since, told.Until); err != nil {
		return err
	}
	if len(i.News.Stories) > 0 || i.News.LeftOut > 0 || e.Empty {
		e.told.Trying, e.told.TryingIn = i.Due.UTC(), e.Channel
		if err := d.set(ctx, i.Guild, toldName(e.ID), e.told); err != nil {
			return err
		}
		told.Channel = e.Channel
		told.Message, err = p.PostDigest(ctx, i)
		if errors.Is(err, ErrNotTaken) {
			return d.refused(ctx, p, i, e, err)
		}
		if err != nil {
			return err
		}
	}
	e.told = told
	return d.set(ctx, i.Guild, toldName(e.ID), told)
}

// refused notes that a channel did not take an issue, and tells the one who set it.
func (d *Desk) refused(ctx context.Context, p Poster, i Issue, e *entry, why error) error {
	d.log.WarnContext(ctx, "digest not taken", "guild", i.Guild, "schedule", e.ID, "due", i.Due, "error", why)
	if e.told.RefusedAt.Before(i.Due) { // else it is known, and its teller died
		e.told.Refused, e.told.RefusedAt = e.told.Refused+1, i.Due.UTC()
		if err := d.set(ctx, i.Guild, toldName(e.ID), e.told); err != nil {
			return err
		}
	}
	return p.TellRefusal(ctx, Refusal{Guild: i.Guild, Schedule: e.Schedule, Due: i.Due, Why: why, Stopped: e.told.stopped()})
}

// send sends an issue to the subscribers who lack it. What stands in its way with one of them keeps it from none.
func (d *Desk) send(ctx context.Context, p Poster, i Issue, e *entry) (err error) {
	i.Missed = e.told.Missed
	if i.News, err = d.Digest(ctx, i.Guild, e.told.Since, e.told.Until); err != nil {
		return err
	}
	var failed []error
	for _, r := range e.readers {
		if !r.Told.Before(i.Due) {
			continue
		}
		if err := d.sendTo(ctx, p, i, e, r); err != nil {
			failed = append(failed, err)
		}
		if ctx.Err() != nil {
			break
		}
	}
	return errors.Join(failed...)
}

// sendTo sends an issue to one subscriber.
func (d *Desk) sendTo(ctx context.Context, p Poster, i Issue, e *entry, r reader) (err error) {
	name, message := readerName(e.ID, r.User), ""
	i.Reader = r.User
	if r.Language != "" {
		i.Language = r.Language
	}
	if r.Trying.Equal(i.Due) {
		message, err = p.FindDigest(ctx, i)
	}
	if err == nil && message == "" {
		r.Trying = i.Due.UTC()
		if err := d.reset(ctx, i.Guild, name, r); err != nil {
			return err
		}
		_, err = p.PostDigest(ctx, i)
	}
	switch {
	case errors.Is(err, ErrNotTaken):
		r.Refused++
	case errors.Is(err, ErrNotMember):
		r.Refused = mostRefused
	case err != nil:
		return err
	default:
		r.Refused = 0
	}
	if r.Refused >= mostRefused {
		return d.store.Set(ctx, i.Guild, name, "")
	}
	r.Told, r.Trying = i.Due.UTC(), time.Time{}
	return d.reset(ctx, i.Guild, name, r)
}

// reset keeps another value of a setting, unless that was taken away meanwhile: whoever ends a subscription while the
// digest is sent has ended it.
func (d *Desk) reset(ctx context.Context, guild, name string, value any) error {
	settings, err := d.store.Settings(ctx, guild)
	if err != nil || settings[name] == "" {
		return err
	}
	return d.set(ctx, guild, name, value)
}

// ahead appoints a schedule to the moment after the one that is done with. Who sets it meanwhile appoints it too, before
// and after; so whichever comes last, it is by what is set then.
func (d *Desk) ahead(ctx context.Context, guild, id string, done time.Time) error {
	for was := (time.Time{}); ; {
		e, err := d.entry(ctx, guild, id)
		if errors.Is(err, ErrNoSchedule) {
			return nil
		}
		if err != nil || e.Set.Equal(was) {
			return err
		}
		was = e.Set
		after := done
		if e.Set.After(after) {
			after = e.Set
		}
		if err := d.store.Appoint(ctx, guild, scheduleName(id), e.next(after)); err != nil {
			return err
		}
	}
}
