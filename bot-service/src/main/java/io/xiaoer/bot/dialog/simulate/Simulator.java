package io.xiaoer.bot.dialog.simulate;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.decide.Source;
import io.xiaoer.bot.dialog.engine.Around;
import io.xiaoer.bot.dialog.engine.DialogState;
import io.xiaoer.bot.dialog.engine.Engine;
import io.xiaoer.bot.dialog.engine.FlowBook;
import io.xiaoer.bot.dialog.engine.Frame;
import io.xiaoer.bot.dialog.engine.Hearing;
import io.xiaoer.bot.dialog.engine.Judge;
import io.xiaoer.bot.dialog.engine.Payloads;
import io.xiaoer.bot.dialog.engine.Senses;
import io.xiaoer.bot.dialog.engine.Turned;
import io.xiaoer.bot.dialog.engine.WriteGate;
import io.xiaoer.bot.dialog.function.Catalogue;
import io.xiaoer.bot.words.Language;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.text.PlainText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Plays scripted talks through the engine.
public final class Simulator {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ShopId shop;
    private final FlowBook flows;
    private final Catalogue catalogue;
    private final Senses senses;
    private final Hearing hearing;
    private final Wording wording;

    /// @param flows whose talk it is
    /// @param senses what the bot knows of persons and flows; the FAQ is the script's
    public Simulator(
            ShopId shop, FlowBook flows, Catalogue catalogue, Senses senses, Hearing hearing, Wording wording) {
        this.shop = shop;
        this.flows = flows;
        this.catalogue = catalogue;
        this.senses = senses;
        this.hearing = hearing;
        this.wording = wording;
    }

    /// What became of a case.
    ///
    /// @param failures what was expected and did not come, each with its line
    public record Result(String name, boolean passed, List<String> failures, List<Played> talk) {}

    /// A turn as it was played.
    ///
    /// @param flow that talked, null if none did
    /// @param bot what it said, null if it said nothing
    /// @param calls what was called, with the arguments
    /// @param handoff why a person was wanted, null if none was
    /// @param ended whether no flow is under way behind it
    public record Played(
            int line,
            String shopper,
            @Nullable String flow,
            @Nullable Map<String, Object> bot,
            List<ScriptedFunctions.Made> calls,
            @Nullable String handoff,
            boolean ended,
            Map<String, Object> slots) {}

    /// Plays all cases of a script.
    public List<Result> play(Script script) {
        return script.cases().stream().map(this::play).toList();
    }

    private Result play(Script.Case one) {
        var clock = new ScriptClock(one.now());
        var functions = new ScriptedFunctions(catalogue, one.functions());
        var around = new Around(
                flows,
                functions,
                new ScriptedSenses(one, senses),
                hearing,
                Judge.NOBODY,
                WriteGate.OPEN,
                new Payloads(UUID.randomUUID().toString()),
                wording,
                clock);
        var engine = new Engine(around);
        var failures = new ArrayList<String>();
        var talk = new ArrayList<Played>();
        DialogState state = null;
        List<Map<String, Object>> buttons = List.of();
        long id = 1_000_000;
        for (Script.Turn turn : one.talk()) {
            clock.pass(turn.after());
            Content content = content(turn, buttons);
            if (content == null) {
                failures.add("line " + turn.line() + ": there is no button `" + turn.press() + "`");
                break;
            }
            var question = question(one, Long.toString(++id), content, clock);
            var deadline = Deadline.in(PATIENCE, clock);
            var turned = turn(engine, around.senses(), state, question, deadline);
            state = state(turned, state);
            var played = played(turn, question, turned, functions.taken(), state);
            talk.add(played);
            Expectations.check(turn, played).forEach(failures::add);
            buttons = buttons(played.bot(), buttons);
        }
        return new Result(one.name(), failures.isEmpty(), failures, talk);
    }

    private static Turned turn(
            Engine engine, Senses senses, @Nullable DialogState state, Question question, Deadline deadline) {
        var turned = state == null ? Turned.PASSED : engine.resume(state, question, deadline);
        if (!(turned instanceof Turned.Passed)) {
            return turned;
        }
        if (Engine.isButton(question.payload())) {
            return new Turned.Said(engine.over(question), "", null, state, Turned.Outcome.STALE);
        }
        String reason = senses.person(question, deadline);
        if (reason != null) {
            return new Turned.Person(reason, "", false, none(question), new Content.Text(""));
        }
        var wish = engine.wish(question, deadline);
        return wish == null ? Turned.PASSED : engine.begin(wish, deadline);
    }

    private static DialogState none(Question question) {
        return new DialogState(
                question.sessionId(),
                question.number(),
                0,
                question.language(),
                0,
                question.askedAt().toEpochMilli(),
                List.of());
    }

    /// The state behind a turn, through its stored form, as between two turns of a real talk.
    private static @Nullable DialogState state(Turned turned, @Nullable DialogState before) {
        return switch (turned) {
            case Turned.Said said ->
                said.after() == null ? null : DialogState.parse(said.after().json());
            case Turned.Person _ -> null;
            case Turned.Passed _, Turned.Overtaken _ -> before;
        };
    }

    private Question question(Script.Case one, String id, Content content, ScriptClock clock) {
        var kind = one.guest() ? UserKey.Kind.GUEST : UserKey.Kind.USER;
        String words = content instanceof Content.Text(var text) ? text : "";
        return new Question(
                id,
                new UserKey(shop, kind, one.buyer()),
                "1",
                1,
                content,
                Language.of(words, one.language()),
                one.order(),
                clock.instant());
    }

    private static @Nullable Content content(Script.Turn turn, List<Map<String, Object>> buttons) {
        String press = turn.press();
        if (press == null) {
            return new Content.Text(String.valueOf(turn.shopper()));
        }
        if (press.startsWith("flow:")) {
            return new Content.Action(press, press);
        }
        for (var button : buttons) {
            if (String.valueOf(button.get("label")).contains(press)) {
                return new Content.Action(String.valueOf(button.get("payload")), String.valueOf(button.get("label")));
            }
        }
        return null;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> buttons(
            @Nullable Map<String, Object> content, List<Map<String, Object>> before) {
        return content != null && content.get("options") instanceof List<?> options
                ? (List<Map<String, Object>>) options
                : before;
    }

    private static Played played(
            Script.Turn turn,
            Question question,
            Turned turned,
            List<ScriptedFunctions.Made> calls,
            @Nullable DialogState state) {
        Content content = turned instanceof Turned.Said said ? said.content() : null;
        String flow = switch (turned) {
            case Turned.Said said ->
                state == null ? said.flow() : state.stack().getLast().flow();
            case Turned.Person person -> person.flow();
            case Turned.Passed _, Turned.Overtaken _ -> null;
        };
        Map<String, Object> slots = state == null
                ? Map.of()
                : state.stack().isEmpty() ? Map.of() : values(state.stack().getLast());
        return new Played(
                turn.line(),
                question.text(),
                flow,
                content == null ? null : content.toMap(),
                calls,
                turned instanceof Turned.Person person ? person.reason() : null,
                state == null,
                slots);
    }

    private static Map<String, Object> values(Frame frame) {
        return frame.values();
    }

    /// The senses of a talk: persons and flows as the bot knows them, the FAQ and orders as the script
    /// gives them.
    private record ScriptedSenses(Script.Case one, Senses bot) implements Senses {

        @Override
        public @Nullable String person(Question question, Deadline deadline) {
            return bot.person(question, deadline);
        }

        @Override
        public @Nullable Reply faq(Question question, Deadline deadline) {
            Object answer = find(one.faq(), question.text());
            return answer == null ? null : Reply.of(new Content.Text(answer.toString()), Source.FAQ, 1, "script");
        }

        @Override
        public boolean asksForOrders(Question question) {
            return find(one.orders(), question.text()) != null;
        }

        @Override
        public @Nullable Reply orders(Question question, Deadline deadline) {
            Object answer = find(one.orders(), question.text());
            return answer == null ? null : Reply.of(new Content.Text(answer.toString()), Source.ORDER, 1, null);
        }

        @Override
        public @Nullable Wanted flow(Question question, Deadline deadline) {
            Object flow = find(one.starts(), question.text());
            return flow == null ? bot.flow(question, deadline) : new Wanted(flow.toString(), 1);
        }

        private static @Nullable Object find(Map<String, Object> by, String text) {
            String plain = PlainText.of(text);
            return by.entrySet().stream()
                    .filter(entry -> PlainText.of(entry.getKey()).equals(plain))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
        }
    }
}
