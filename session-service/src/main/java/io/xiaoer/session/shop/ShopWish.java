package io.xiaoer.session.shop;

import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.event.ShopSettings.HoursOfService;
import io.xiaoer.common.event.ShopSettings.Limits;
import io.xiaoer.common.event.ShopSettings.Opening;
import io.xiaoer.common.event.ShopSettings.SensitiveWords;
import io.xiaoer.common.event.ShopSettings.SourceDeadlines;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a PUT asks for. What it leaves out gets its default. Lists of words of the greatest length need [#LARGEST],
/// whichever way their characters are written.
record ShopWish(
        @Nullable List<String> origins,
        @Nullable List<String> imageHosts,
        @Nullable Hours hoursOfService,
        @Nullable String greeting,
        @Nullable Bounds limits,
        @Nullable Deadlines sourceDeadlines,
        @Nullable Integer priceFloorPercent,
        @Nullable Hand handOff,
        @Nullable Words sensitiveWords) {

    static final String LARGEST = "2MB";

    /// The weekly hours of the body.
    record Hours(@Nullable String timeZone, @Nullable List<Opening> weekly) {}

    /// The limits of the body.
    record Bounds(
            @Nullable Integer userMessagesPerMinute,
            @Nullable Integer waitingQuestions) {}

    /// The deadlines of the body.
    record Deadlines(
            @Nullable Integer orderMs,
            @Nullable Integer shipmentsMs,
            @Nullable Integer afterSalesMs,
            @Nullable Integer couponsMs) {}

    /// The rules of hand-off of the body.
    record Hand(
            ShopSettings.HandOff.@Nullable Assignment assignment,
            @Nullable Integer assignAfterS,
            @Nullable Integer sessionsPerAgent,
            @Nullable Integer replyWithinS,
            ShopSettings.HandOff.@Nullable WhenUnsure whenUnsure) {}

    /// The sensitive words of the body.
    record Words(@Nullable List<Kind> categories, @Nullable List<String> allowed) {}

    /// A category of the body.
    record Kind(
            @Nullable String name,
            SensitiveWords.@Nullable Action action,
            @Nullable Boolean handOff,
            @Nullable List<String> words) {}

    /// These wishes over the defaults.
    ///
    /// @throws ProblemException `invalid_request` naming the field whose rule is broken
    ShopSettings over(ShopSettings defaults, long version) {
        try {
            return new ShopSettings(
                    defaults.shopId(),
                    version,
                    lower(or(origins, defaults.origins())),
                    lower(or(imageHosts, defaults.imageHosts())),
                    hours(defaults.hoursOfService()),
                    or(greeting, defaults.greeting()),
                    limits(defaults.limits()),
                    deadlines(defaults.sourceDeadlines()),
                    or(priceFloorPercent, defaults.priceFloorPercent()),
                    hand(defaults.handOff()),
                    words(defaults.sensitiveWords()),
                    defaults.updatedAt());
        } catch (IllegalArgumentException rule) {
            throw refused(String.valueOf(rule.getMessage()));
        }
    }

    private HoursOfService hours(HoursOfService otherwise) {
        return hoursOfService == null
                ? otherwise
                : new HoursOfService(
                        or(hoursOfService.timeZone, otherwise.timeZone()),
                        or(hoursOfService.weekly, otherwise.weekly()));
    }

    private Limits limits(Limits otherwise) {
        return limits == null
                ? otherwise
                : new Limits(
                        or(limits.userMessagesPerMinute, otherwise.userMessagesPerMinute()),
                        or(limits.waitingQuestions, otherwise.waitingQuestions()));
    }

    private ShopSettings.HandOff hand(ShopSettings.HandOff otherwise) {
        return handOff == null
                ? otherwise
                : new ShopSettings.HandOff(
                        or(handOff.assignment, otherwise.assignment()),
                        or(handOff.assignAfterS, otherwise.assignAfterS()),
                        or(handOff.sessionsPerAgent, otherwise.sessionsPerAgent()),
                        or(handOff.replyWithinS, otherwise.replyWithinS()),
                        or(handOff.whenUnsure, otherwise.whenUnsure()));
    }

    private SensitiveWords words(SensitiveWords otherwise) {
        if (sensitiveWords == null) {
            return otherwise;
        }
        var categories = sensitiveWords.categories == null
                ? otherwise.categories()
                : sensitiveWords.categories.stream().map(ShopWish::category).toList();
        return new SensitiveWords(categories, or(sensitiveWords.allowed, otherwise.allowed()));
    }

    /// A category has no defaults: what becomes of a message must be said.
    private static SensitiveWords.Category category(Kind kind) {
        if (kind.name == null) {
            throw new IllegalArgumentException("sensitive_words.categories.name must be given");
        }
        if (kind.action == null) {
            throw new IllegalArgumentException("sensitive_words.categories.action must be given");
        }
        return new SensitiveWords.Category(
                kind.name, kind.action, or(kind.handOff, false), or(kind.words, List.<String>of()));
    }

    private SourceDeadlines deadlines(SourceDeadlines otherwise) {
        return sourceDeadlines == null
                ? otherwise
                : new SourceDeadlines(
                        or(sourceDeadlines.orderMs, otherwise.orderMs()),
                        or(sourceDeadlines.shipmentsMs, otherwise.shipmentsMs()),
                        or(sourceDeadlines.afterSalesMs, otherwise.afterSalesMs()),
                        or(sourceDeadlines.couponsMs, otherwise.couponsMs()));
    }

    /// Origins and host names know no case.
    private static List<String> lower(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    /// The rule's first word is the field.
    private static ProblemException refused(String rule) {
        var space = rule.indexOf(' ');
        return new ProblemException(ProblemCode.INVALID_REQUEST, rule)
                .field(rule.substring(0, space), rule.substring(space + 1));
    }
}
