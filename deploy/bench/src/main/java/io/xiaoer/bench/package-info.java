/// `./xiaoer bench`: loads a running suite from outside and tells how fast it was and what each of its processes paid.
///
/// [io.xiaoer.bench.Bench] is the entry, the scenarios are in `scenario`, the shoppers' connections in `load`, what is
/// read from the system and made of it in `measure`, how it is told in `report`. The shoppers and the ledger of every
/// message are those of the drills. Where a message was lost, doubled, misordered or left unanswered no speed is told.
@NullMarked
package io.xiaoer.bench;

import org.jspecify.annotations.NullMarked;
