package io.xiaoer.drills.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/// How soon it went well again: the first moment from which on, second by second until the talk ended, at least 95 of
/// 100 messages were acknowledged and answered within three seconds of the time at which they were to be sent.
///
/// Times of messages count from when they were due, so that what waited at a device for its connection counts too.
public final class Recovery {
    private static final long SECOND = 1000;
    private static final long MICROS = 1000;
    private static final long IN_TIME = 3_000_000;
    private static final int OF_100 = 95;

    private Recovery() {}

    /// @param back when the broken process was back, in ms
    /// @param end when the talk ended, in ms
    /// @return milliseconds after `back`, or empty if it did not go well in the end
    public static OptionalLong after(List<Said> said, long back, long end) {
        var seconds = (int) ((end - back) / SECOND);
        var all = new int[seconds];
        var inTime = new int[seconds];
        for (Said each : said) {
            var second = (int) Math.floorDiv(each.due() / MICROS - back, SECOND);
            if (second >= 0 && second < seconds) {
                all[second]++;
                inTime[second] += isInTime(each) ? 1 : 0;
            }
        }
        var well = seconds;
        while (well > 0 && inTime[well - 1] * 100 >= all[well - 1] * OF_100) {
            well--;
        }
        // Where nothing was said nothing went well.
        var isJudged = Arrays.stream(all, well, seconds).anyMatch(count -> count > 0);
        return isJudged ? OptionalLong.of(well * SECOND) : OptionalLong.empty();
    }

    private static boolean isInTime(Said said) {
        return said.isAcknowledged()
                && said.isAnswered()
                && said.acknowledgedAt() - said.due() <= IN_TIME
                && said.answeredAt() - said.due() <= IN_TIME;
    }
}
