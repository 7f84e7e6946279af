package io.xiaoer.bot.dialog;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.decide.Source;
import io.xiaoer.bot.dialog.engine.Around;
import io.xiaoer.bot.dialog.engine.DialogState;
import io.xiaoer.bot.dialog.engine.Engine;
import io.xiaoer.bot.dialog.engine.FlowBook;
import io.xiaoer.bot.dialog.engine.Judge;
import io.xiaoer.bot.dialog.engine.Payloads;
import io.xiaoer.bot.dialog.engine.Senses;
import io.xiaoer.bot.dialog.engine.Turned;
import io.xiaoer.bot.dialog.engine.WordsHeard;
import io.xiaoer.bot.dialog.engine.WriteGate;
import io.xiaoer.bot.dialog.flow.Flow;
import io.xiaoer.bot.dialog.function.Functions;
import io.xiaoer.bot.understand.Meaning;
import io.xiaoer.bot.words.Language;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.testing.SetClock;
import io.xiaoer.common.text.Despair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A talk with the engine, turn by turn, over a shop in memory. What the FAQ knows and which words start which flow is
/// said by the test.
public final class Talks {

    private static final UserKey SHOPPER = new UserKey(new ShopId("shop"), UserKey.Kind.USER, "u1");

    private final Map<String, Flow> flows = new HashMap<>();
    private final Map<String, Flow> versions = new HashMap<>();
    private final Map<String, String> faq = new HashMap<>();
    private final Map<String, Content> orders = new HashMap<>();
    private final Map<String, String> starts = new HashMap<>();
    private final SetClock time = new SetClock(Instant.parse("2026-11-26T02:00:00Z"));
    private Meaning near = Meaning.NOTHING;
    private final Engine engine;
    private @Nullable DialogState state;
    private long id = 1_000;

    public Talks(ShopFunctions shop, String... examples) {
        this(Flows.functions(shop), WriteGate.OPEN, examples);
    }

    public Talks(Functions functions, String... examples) {
        this(functions, WriteGate.OPEN, examples);
    }

    public Talks(Functions functions, WriteGate gate, String... examples) {
        this(functions, gate, Judge.NOBODY, examples);
    }

    public Talks(ShopFunctions shop, Judge judge, String... examples) {
        this(Flows.functions(shop), WriteGate.OPEN, judge, examples);
    }

    private Talks(Functions functions, WriteGate gate, Judge judge, String... examples) {
        for (String name : examples) {
            add(Flows.example(name));
        }
        FlowBook book = new FlowBook() {
            @Override
            public @Nullable Flow current(UserKey user, String name) {
                return flows.get(name);
            }

            @Override
            public @Nullable Flow version(ShopId shop, String name, int version) {
                return versions.get(name + '@' + version);
            }
        };
        engine = new Engine(new Around(
                book,
                functions,
                new Known(),
                new WordsHeard(),
                judge,
                gate,
                new Payloads("a secret of the tests"),
                new Wording(),
                time));
    }

    /// Puts a flow into the shop; talks begin with it from now on, and older versions stay.
    public Talks add(Flow flow) {
        flows.put(flow.name(), flow);
        versions.put(flow.name() + '@' + flow.version(), flow);
        return this;
    }

    /// Takes a version out of the shop.
    public Talks without(String name, int version) {
        versions.remove(name + '@' + version);
        return this;
    }

    /// What the FAQ answers.
    public Talks faq(String question, String answer) {
        faq.put(question, answer);
        return this;
    }

    /// What the bot says of the shopper's orders.
    public Talks orders(String question, Content answer) {
        orders.put(question, answer);
        return this;
    }

    /// Which words start which flow.
    public Talks starts(String text, String flow) {
        starts.put(text, flow);
        return this;
    }

    /// What every text is near to, though not surely.
    public Talks near(Meaning meaning) {
        near = meaning;
        return this;
    }

    /// Lets time pass.
    public Talks pass(Duration duration) {
        time.pass(duration);
        return this;
    }

    /// The state behind the last turn.
    public @Nullable DialogState state() {
        return state;
    }

    /// Puts another state in its place.
    public void state(@Nullable DialogState other) {
        state = other;
    }

    /// Begins a flow.
    public Turned begin(String flow, String text) {
        return settle(engine.begin(new Engine.Wish(flow, null, question(new Content.Text(text)), null), deadline()));
    }

    /// Says something.
    public Turned say(String text) {
        return turn(new Content.Text(text));
    }

    /// Presses a button.
    public Turned press(String payload) {
        return turn(new Content.Action(payload, "button"));
    }

    /// Handles the turn without letting it count, as when its reply is lost.
    public Turned sayInVain(String text) {
        var question = question(new Content.Text(text));
        id--;
        return state == null ? Turned.PASSED : engine.resume(state, question, deadline());
    }

    private Turned turn(Content content) {
        var question = question(content);
        var turned = state == null ? Turned.PASSED : engine.resume(state, question, deadline());
        if (turned instanceof Turned.Passed) {
            var wish = engine.wish(question, deadline());
            turned = wish == null ? turned : engine.begin(wish, deadline());
        }
        return settle(turned);
    }

    private Turned settle(Turned turned) {
        switch (turned) {
            case Turned.Said said ->
                state = said.after() == null
                        ? null
                        : DialogState.parse(said.after().json());
            case Turned.Person person -> {
                if (person.over()) {
                    state = null;
                }
            }
            case Turned.Passed _, Turned.Overtaken _ -> {}
        }
        return turned;
    }

    private Question question(Content content) {
        String text = content instanceof Content.Text(var words) ? words : "";
        return new Question(
                Long.toString(++id), SHOPPER, "77", 3, content, Language.of(text, Language.ZH), null, time.instant());
    }

    private Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(60), Clock.systemUTC());
    }

    /// All words of what was said.
    public static String words(Turned turned) {
        if (!(turned instanceof Turned.Said said)) {
            return "";
        }
        return switch (said.content()) {
            case Content.Text(var text) -> text;
            case Content.Card(var _, var text, var _) -> String.valueOf(text);
            case Content.Choice(var prompt, var text, var _) -> (text == null ? "" : text + "\n") + prompt;
            case Content.Image _, Content.Action _, Content.Notice _ -> "";
        };
    }

    /// The payload of the button whose label has these words.
    public static String button(Turned turned, String label) {
        var content = ((Turned.Said) turned).content();
        List<?> options = (List<?>) Objects.requireNonNull(content.toMap().get("options"));
        return options.stream()
                .map(option -> (Map<?, ?>) option)
                .filter(option -> String.valueOf(option.get("label")).contains(label))
                .map(option -> String.valueOf(option.get("payload")))
                .findFirst()
                .orElseThrow();
    }

    private final class Known implements Senses {

        @Override
        public @Nullable String person(Question question, Deadline deadline) {
            return question.text().contains("人工") ? "asked" : Despair.in(question.text()) ? Despair.REASON : null;
        }

        @Override
        public @Nullable Reply faq(Question question, Deadline deadline) {
            String answer = faq.get(question.text());
            return answer == null ? null : Reply.of(new Content.Text(answer), Source.FAQ, 1, "f1");
        }

        @Override
        public boolean asksForOrders(Question question) {
            return orders.containsKey(question.text());
        }

        @Override
        public @Nullable Reply orders(Question question, Deadline deadline) {
            Content answer = orders.get(question.text());
            return answer == null ? null : Reply.of(answer, Source.ORDER, 1, null);
        }

        @Override
        public Meaning near(Question question, Deadline deadline) {
            return near;
        }

        @Override
        public @Nullable Wanted flow(Question question, Deadline deadline) {
            String flow = starts.get(question.text());
            return flow == null ? null : new Wanted(flow, 1);
        }
    }
}
