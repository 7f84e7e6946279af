/// The judgement over ledgers, tested with ledgers that are broken on purpose.
@NullMarked
package io.xiaoer.drills.ledger;

import org.jspecify.annotations.NullMarked;
