package io.xiaoer.bot.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.faq.FaqEntry;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.text.PlainText;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TheOwnQuestionsTest {

    /// Of two questions of different halves: how much their pairs of characters may be the same.
    private static final double NEARLY_THE_SAME = 0.6;

    private static final Set<String> DIALOGS = Set.of(
            "order_status",
            "urge_shipping",
            "return_order",
            "exchange_order",
            "change_address",
            "cancel_order",
            "issue_coupon",
            "price_protection",
            "invoice");

    @ParameterizedTest
    @EnumSource
    void areEnoughAndAThirdIsNotServed(Language language) {
        var all = all(language);
        assertThat(all).hasSizeGreaterThanOrEqualTo(language == Language.ZH ? 500 : 300);
        assertThat(all.stream().filter(Labelled::isUnsupported).count()).isGreaterThan(all.size() * 3 / 10);
        assertThat(Sets.own(language, Sets.Half.TEST)).hasSizeBetween(all.size() * 4 / 10, all.size() * 6 / 10);
    }

    @ParameterizedTest
    @EnumSource
    void areServedByWhatThereIs(Language language) {
        var served = Stream.of(faq(language).stream().map(FaqEntry::id), DIALOGS.stream())
                .flatMap(each -> each)
                .collect(Collectors.toSet());
        var labels = all(language).stream()
                .map(Labelled::labels)
                .flatMap(Collection::stream)
                .collect(Collectors.toCollection(HashSet::new));
        labels.removeAll(Set.of(Labelled.UNSUPPORTED, Labelled.HUMAN));
        assertThat(labels).isEqualTo(served);
    }

    @ParameterizedTest
    @EnumSource
    void areNoCopiesOfTheFaqAndSaidOnce(Language language) {
        var known = faq(language).stream()
                .flatMap(entry -> Stream.concat(Stream.of(entry.question()), entry.similar().stream()))
                .map(PlainText::of)
                .collect(Collectors.toSet());
        var said = all(language).stream()
                .map(question -> PlainText.of(question.text()))
                .toList();
        assertThat(said).doesNotHaveDuplicates().doesNotContainAnyElementsOf(known);
    }

    @ParameterizedTest
    @EnumSource
    void leaveNoNeighboursInTheOtherHalf(Language language) {
        var calibration = Sets.own(language, Sets.Half.CALIBRATION);
        assertThat(Sets.own(language, Sets.Half.TEST))
                .allSatisfy(one -> assertThat(calibration)
                        .noneMatch(other -> likeness(one.text(), other.text()) >= NEARLY_THE_SAME));
    }

    private static List<Labelled> all(Language language) {
        return Stream.of(Sets.Half.values())
                .flatMap(half -> Sets.own(language, half).stream())
                .toList();
    }

    private static List<FaqEntry> faq(Language language) {
        return DemoFaq.entries().stream()
                .filter(entry -> Language.ofTag(entry.locale()) == language)
                .toList();
    }

    /// The share of pairs of neighbouring characters that two texts have in common.
    private static double likeness(String one, String other) {
        var pairs = pairs(one);
        var others = pairs(other);
        double both = pairs.stream().filter(others::contains).count();
        return 2 * both / (pairs.size() + others.size());
    }

    private static Set<String> pairs(String text) {
        String plain = PlainText.of(text);
        var pairs = new HashSet<String>();
        for (int i = 0; i + 1 < plain.length(); i++) {
            pairs.add(plain.substring(i, i + 2));
        }
        return pairs.isEmpty() ? Set.of(plain) : pairs;
    }
}
