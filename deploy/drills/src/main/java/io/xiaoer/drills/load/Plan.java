package io.xiaoer.drills.load;

/// How much is said.
///
/// @param shop whose shoppers they are
/// @param shoppers how many
/// @param perSecond messages of all of them together
/// @param seed decides who says what, when, on which device
public record Plan(String shop, int shoppers, int perSecond, long seed) {

    /// So few for each that what has piled up during an outage stays below the limit of 60 in 60 s.
    private static final int PER_SHOPPER_IN_A_MINUTE = 36;

    public Plan {
        if (shoppers < 1 || perSecond < 1 || perSecond * 60 > shoppers * PER_SHOPPER_IN_A_MINUTE) {
            throw new IllegalArgumentException(
                    "%d messages/s are too many for %d shoppers".formatted(perSecond, shoppers));
        }
    }

    /// So many messages a second that each shopper talks every other second.
    public static Plan of(String shop, int perSecond, long seed) {
        return new Plan(shop, 2 * perSecond, perSecond, seed);
    }
}
