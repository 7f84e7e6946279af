package io.xiaoer.drills.load;

/// How much is said.
///
/// @param shop whose shoppers they are
/// @param shoppers how many
/// @param perSecond messages of all of them together
/// @param seed decides who says what, when, on which device
/// @param mostInAMinute what one shopper may be planned to say, below what the shop lets a shopper say
public record Plan(String shop, int shoppers, int perSecond, long seed, int mostInAMinute) {

    /// Below the limit of 60 in 60 s; each shopper's turns may come a little closer than that.
    private static final int PER_SHOPPER_IN_A_MINUTE = 50;

    public Plan {
        if (shoppers < 1 || perSecond < 1 || perSecond * 60 > shoppers * mostInAMinute) {
            throw new IllegalArgumentException(
                    "%d messages/s are too many for %d shoppers".formatted(perSecond, shoppers));
        }
    }

    /// A plan for a shop that keeps to the limit of 60.
    public Plan(String shop, int shoppers, int perSecond, long seed) {
        this(shop, shoppers, perSecond, seed, PER_SHOPPER_IN_A_MINUTE);
    }

    /// As many shoppers as it takes for all of them to say that much.
    public static Plan busy(String shop, int perSecond, long seed) {
        return new Plan(shop, Math.ceilDiv(perSecond * 60, PER_SHOPPER_IN_A_MINUTE), perSecond, seed);
    }

    /// So many messages a second that each shopper talks every other second: what has piled up during an outage stays
    /// below the limit too.
    public static Plan of(String shop, int perSecond, long seed) {
        return new Plan(shop, 2 * perSecond, perSecond, seed);
    }
}
