package io.xiaoer.drills.command;

/// How many commands.
///
/// @param shop whose
/// @param keys how many commands there are to be
/// @param clicks how often each is sent, all of them at one moment
/// @param shoppers whom they concern
/// @param seed decides what is asked and when it strikes
public record CommandPlan(String shop, int keys, int clicks, int shoppers, long seed) {
    /// As many as `./xiaoer drill` sends: 1,000 calls.
    public static CommandPlan of(String shop, long seed) {
        return new CommandPlan(shop, 100, 10, 20, seed);
    }

    public int calls() {
        return keys * clicks;
    }
}
