package io.xiaoer.bot.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.bot.words.Language;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.circuit.CircuitSettings;
import io.xiaoer.common.circuit.Circuits;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.testing.SetClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Sources are asked in the order of their stages, and none can spoil the others.
class DeciderTest {

    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");

    private final Wording wording = new Wording();
    private final Circuits circuits =
            new Circuits(new CircuitSettings(4, 2, Duration.ofMinutes(1), 1), new SimpleMeterRegistry());
    private final List<Stage> asked = Collections.synchronizedList(new ArrayList<>());

    @Test
    void sourcesAreAskedByStageHoweverTheyAreGiven() throws Exception {
        var sources = new ArrayList<>(Arrays.stream(Stage.values())
                .map(stage -> silent(stage, Verdict.PASSED))
                .toList());
        Collections.reverse(sources);
        decide(sources, "hello");
        assertThat(asked).containsExactly(Stage.values());
    }

    @Test
    void whatALaterSourceNeedsIsUnderWayBeforeTheFirstIsAsked() throws Exception {
        var order = Collections.synchronizedList(new ArrayList<String>());
        var verdict = decide(
                List.of(
                        AnswerSource.at(Stage.RUNNING_DIALOG, (question, deadline) -> {
                            order.add("dialog asked");
                            return Verdict.PASSED;
                        }),
                        new AnswerSource() {
                            @Override
                            public Stage stage() {
                                return Stage.FAQ_CACHE;
                            }

                            @Override
                            public Considering ahead(Question question) {
                                order.add("cache ahead");
                                return (asked, deadline) -> {
                                    order.add("cache asked");
                                    return Verdict.PASSED;
                                };
                            }

                            @Override
                            public Verdict consider(Question question, Deadline deadline) {
                                throw new IllegalStateException("something is under way");
                            }
                        }),
                "hello");

        assertThat(order).containsExactly("cache ahead", "dialog asked", "cache asked");
        assertThat(verdict).isInstanceOf(Verdict.Answered.class);
    }

    @Test
    void theFirstAnswerEndsTheRow() throws Exception {
        var reply = Reply.of(new Content.Text("here"), Source.FAQ, 1, "e");
        var verdict = decide(
                List.of(silent(Stage.FAQ, new Verdict.Answered(reply)), silent(Stage.GENERATION, Verdict.PASSED)),
                "hello");
        assertThat(verdict).isEqualTo(new Verdict.Answered(reply));
        assertThat(asked).containsExactly(Stage.FAQ);
    }

    @Test
    void aSourceThatThrowsCostsItsOwnPartOnly() throws Exception {
        var reply = Reply.of(new Content.Text("here"), Source.FAQ, 1, "e");
        var verdict = decide(
                List.of(
                        AnswerSource.at(Stage.FAQ_CACHE, (question, deadline) -> {
                            throw new IllegalStateException("broken");
                        }),
                        silent(Stage.FAQ, new Verdict.Answered(reply))),
                "hello");
        assertThat(verdict).isEqualTo(new Verdict.Answered(reply));
    }

    @Test
    void aSourceThatNeverAnswersIsLeftAtTheDeadline() throws Exception {
        var never = new CountDownLatch(1);
        var verdict = decide(
                List.of(AnswerSource.at(Stage.FAQ, (question, deadline) -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return Verdict.PASSED;
                })),
                "hello");
        assertThat(prompt(verdict)).isEqualTo(wording.say(Language.EN, "unavailable"));
    }

    @Test
    void aSourceThatIsLeftNoTimeHasNotFailed() throws Exception {
        var clock = new SetClock(NOW);
        var faq = AnswerSource.at(Stage.FAQ, (question, deadline) -> {
            clock.pass(Decider.PATIENCE);
            return Verdict.PASSED;
        });
        var sources = List.of(faq, silent(Stage.GENERATION, new Verdict.Failed("model")));
        for (int i = 0; i < 5; i++) {
            assertThat(prompt(decide(sources, clock))).isEqualTo(wording.say(Language.EN, "unknown"));
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void allSourcesOfAQuestionShareOneWait() throws Exception {
        var clock = new SetClock(NOW);
        var waits = new ArrayList<Duration>();
        AnswerSource.Considering waiting = (question, deadline) -> {
            waits.add(deadline.toWait());
            clock.pass(deadline.toWait());
            return Verdict.PASSED;
        };
        decide(
                List.of(
                        AnswerSource.patient(Stage.RUNNING_DIALOG, Decider.DIALOG_PATIENCE, (question, deadline) -> {
                            clock.pass(Duration.ofMillis(100));
                            return Verdict.PASSED;
                        }),
                        AnswerSource.at(Stage.STARTED_DIALOG, waiting),
                        AnswerSource.at(Stage.FAQ, waiting),
                        AnswerSource.patient(Stage.GENERATION, Duration.ofSeconds(20), waiting),
                        AnswerSource.at(Stage.HAND_OFF, (question, deadline) -> {
                            waits.add(deadline.left());
                            return Verdict.PASSED;
                        })),
                clock);

        assertThat(waits)
                .containsExactly(
                        Deadline.WAITING.minusMillis(100),
                        Duration.ZERO,
                        Duration.ZERO,
                        Decider.PATIENCE.minus(Deadline.WAITING).plusMillis(100));
    }

    @Test
    void aDialogUnderWayHasLongerThanTheRowBehindIt() throws Exception {
        var left = new ArrayList<Duration>();
        decide(
                List.of(
                        AnswerSource.patient(Stage.RUNNING_DIALOG, Decider.DIALOG_PATIENCE, (question, deadline) -> {
                            left.add(deadline.left());
                            return Verdict.PASSED;
                        }),
                        AnswerSource.at(Stage.FAQ, (question, deadline) -> {
                            left.add(deadline.left());
                            return Verdict.PASSED;
                        })),
                new SetClock(NOW));

        assertThat(left.getFirst()).isBetween(Decider.PATIENCE, Decider.DIALOG_PATIENCE);
        assertThat(left.getLast()).isLessThanOrEqualTo(Decider.PATIENCE);
    }

    @Test
    void aSourceThatFailsAgainAndAgainIsNotAskedAndTheOthersAre() throws Exception {
        var failing = silent(Stage.FAQ, new Verdict.Failed("faq"));
        var sibling = silent(Stage.FAQ, Verdict.PASSED);
        for (int i = 0; i < 5; i++) {
            assertThat(prompt(decide(List.of(failing, sibling), "hello")))
                    .isEqualTo(wording.say(Language.EN, "unavailable"));
        }
        assertThat(asked).as("the failing one twice, the other each time").hasSize(2 + 5);
    }

    @Test
    void aSourceWithAPatienceOfItsOwnTakesNothingFromTheOthers() throws Exception {
        var clock = new SetClock(NOW);
        var left = new ArrayList<Duration>();
        var sources = List.of(
                AnswerSource.patient(Stage.GENERATION, Duration.ofSeconds(20), (question, deadline) -> {
                    left.add(deadline.left());
                    clock.pass(Duration.ofSeconds(15));
                    return Verdict.PASSED;
                }),
                AnswerSource.at(Stage.HAND_OFF, (question, deadline) -> {
                    left.add(deadline.left());
                    return Verdict.PASSED;
                }));
        decide(sources, clock);
        assertThat(left).containsExactly(Duration.ofSeconds(20), Decider.PATIENCE);
    }

    @Test
    void nobodyKnowingIsToldApartFromNobodyAnswering() throws Exception {
        assertThat(prompt(decide(List.of(), "hello"))).isEqualTo(wording.say(Language.EN, "unknown"));
        assertThat(prompt(decide(List.of(silent(Stage.FAQ, new Verdict.Failed("faq"))), "hello")))
                .isEqualTo(wording.say(Language.EN, "unavailable"));
    }

    @Test
    void whatTheListsForbidIsMaskedOnItsWayOut() throws Exception {
        var reply = Reply.of(
                new Content.Choice("bad?", null, List.of(new Content.Option("a bad word", "bad", null))),
                Source.FAQ,
                1,
                "e");
        try (var decider = new Decider(
                List.of(silent(Stage.FAQ, new Verdict.Answered(reply))),
                new DontKnow(wording),
                (shop, text) -> text.replace("bad", "***"),
                circuits,
                Clock.systemUTC())) {
            assertThat(decider.decide(question("hello")))
                    .isEqualTo(new Verdict.Answered(reply.with(
                            new Content.Choice("***?", null, List.of(new Content.Option("a *** word", "bad", null))))));
        }
    }

    private AnswerSource silent(Stage stage, Verdict verdict) {
        return AnswerSource.at(stage, (question, deadline) -> {
            asked.add(stage);
            return verdict;
        });
    }

    private Verdict decide(List<AnswerSource> sources, String text) throws InterruptedException {
        try (var decider =
                new Decider(sources, new DontKnow(wording), (shop, words) -> words, circuits, Clock.systemUTC())) {
            return decider.decide(question(text));
        }
    }

    private Verdict decide(List<AnswerSource> sources, Clock clock) throws InterruptedException {
        try (var decider = new Decider(sources, new DontKnow(wording), (shop, words) -> words, circuits, clock)) {
            return decider.decide(question("hello"));
        }
    }

    private static String prompt(Verdict verdict) {
        var reply = ((Verdict.Answered) verdict).reply();
        assertThat(reply.source()).isEqualTo(Source.NONE);
        return ((Content.Choice) reply.content()).prompt();
    }

    private static Question question(String text) {
        var user = new UserKey(new ShopId("1001"), UserKey.Kind.USER, "somebody");
        return new Question("1", user, "2", 1, new Content.Text(text), Language.EN, null, Instant.EPOCH);
    }
}
