"""Prints the texts that the student learns from, one a line: texts.py WORDNET > texts.txt

Taken: the training questions of BANKING77 and HINT3 but for those that are held out, without their labels; the demo shop's English
FAQ; the examples of the dialogs and of what no shop serves; WordNet's definitions and examples; what a shopper's
templates below give. Questions are also mixed with each other and cut about. Of test sets only what to leave out is read.

A line with a tab is a text and how a shopper in a hurry types it: the student is to hear the former in the latter.
"""
import csv
import glob
import json
import os
import random
import re
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', '..')
EVAL = ROOT + '/bot-service/src/test/resources/eval/'
BOT = ROOT + '/bot-service/src/main/resources/'
DEMO = ROOT + '/deploy/local/src/main/resources/demo/'
SETS = (('banking77/train.csv', 10), ('hint3/sofmattress_train.csv', 5), ('hint3/curekart_train.csv', 5))
TESTS = ('banking77/test.csv', 'hint3/sofmattress_test.csv', 'hint3/curekart_test.csv', 'own/en.csv')


def questions(name):
    with open(EVAL + name, encoding='utf-8', newline='') as file:
        return [(row[0].strip(), row[1]) for row in list(csv.reader(file))[1:]]


def split(name, nth):
    """The questions of a training set: those to learn from, and each nth of a label, held out."""
    rows = questions(name)
    random.Random(7).shuffle(rows)
    seen, kept, held = {}, [], []
    for text, label in rows:
        seen[label] = seen.get(label, 0) + 1
        (kept if seen[label] % nth else held).append(text)
    return kept, held


def held():
    return [text for name, nth in SETS for text in split(name, nth)[1]]


def bare(text):
    return ' '.join(re.findall(r"[a-z0-9']+", text.lower()))


def left_out():
    """What must not be learnt from, in its bare form."""
    return {bare(text) for text in held() + [text for name in TESTS for text, _ in questions(name)]}


def wordnet(folder):
    examples, definitions, nouns, verbs = [], [], [], []
    for part in ('noun', 'verb', 'adj', 'adv'):
        with open(f'{folder}/data.{part}', encoding='utf-8') as file:
            for line in file:
                if line.startswith('  '):
                    continue
                head, gloss = line.split(' | ', 1)
                word = head.split()[4]
                if re.fullmatch('[a-z_]+', word) and word.count('_') < 2:
                    {'noun': nouns, 'verb': verbs}.get(part, []).append(word.replace('_', ' '))
                examples += [each for each in re.findall('"([^"]+)"', gloss) if each.count(' ') >= 2]
                plain = re.sub('"[^"]*"', '', gloss).strip(' ;\n')
                if 3 <= plain.count(' ') <= 18:
                    definitions.append(plain)
    return examples, definitions, nouns, verbs


def own():
    """What the project itself has to say in English, the questions that measure it left out."""
    texts = []
    for name in sorted(glob.glob(DEMO + '*/faqs.ndjson')):
        for line in open(name, encoding='utf-8'):
            entry = json.loads(line)
            if entry['locale'] != 'zh':
                texts += [entry['question']] + entry['similar'] + re.split('(?<=[.!?]) ', entry['answer'])
    for name in sorted(glob.glob(BOT + 'dialog/pack/*.yml')):
        found = re.search(r'examples:.*?en: \[(.*?)\]', open(name, encoding='utf-8').read(), re.S)
        if found:
            texts += [each.strip().strip('"\'') for each in re.sub(r'\s+', ' ', found[1]).split(',')]
    texts += [line.strip() for line in open(BOT + 'understand/nobody_en.txt', encoding='utf-8') if line[0] != '#']
    return [text for text in texts if text]


THINGS = (
    'order|parcel|package|shoes|sneakers|jacket|dress|t-shirt|jeans|phone|phone case|charger|headphones|laptop|'
    'tablet|watch|mattress|pillow|blanket|bed sheet|sofa|chair|desk|lamp|protein powder|whey protein|'
    'multivitamin|vitamin c|fish oil|omega 3|creatine|mass gainer|fat burner|green tea|face cream|shampoo|'
    'hair oil|lipstick|perfume|sunscreen|toothbrush|coffee machine|kettle|blender|rice cooker|vacuum cleaner|'
    'washing machine|fridge|tv|camera|backpack|handbag|suitcase|wallet|belt|hat|scarf|gloves|socks|toy|stroller|'
    'diapers|book|bike|helmet|yoga mat|dumbbells|treadmill|tent|dog food|cat litter|gift card|gift|voucher|'
    'coupon|subscription|refund|invoice|receipt|replacement|delivery|items|product|products|things i bought|'
    'stuff|purchase'
).split('|')
TIMES = (
    'yesterday|today|tomorrow|last week|two days ago|a week ago|on monday|last friday|this morning|'
    'three weeks ago|last month|on the weekend|5 days ago|before christmas|by friday|within 3 days|in june|'
    'since tuesday|for ten days|almost a month ago'
).split('|')
PLACES = (
    'my home|my office|my city|delhi|mumbai|bangalore|london|canada|germany|the us|my pincode|560001|110085|'
    "a village|another address|a hotel|my parents' house|abroad|this area|my country|a po box"
).split('|')
WAYS = (
    'credit card|debit card|paypal|cash|cash on delivery|cod|bank transfer|emi|installments|upi|gift card|wallet|'
    'net banking|apple pay|google pay|points|a check|my phone'
).split('|')
FAULTS = (
    'broken|damaged|torn|too small|too big|the wrong colour|the wrong size|not working|missing a part|expired|'
    'fake|dirty|used|leaking|late|stuck|lost|cancelled|scratched|different from the picture|not what i ordered|'
    'empty|making noise|overheating'
).split('|')
FRAMES = (
    'where is my {t}|where are the {t} i ordered {w}|when will my {t} arrive|when will i get my {t}|'
    'has my {t} shipped yet|why is my {t} {b}|my {t} is {b}|the {t} i got {w} is {b}|'
    'the {t} came {b} what should i do|i want to return the {t}|i want to return my {t} because it is {b}|'
    'how do i return the {t}|can i exchange the {t} for another one|i need a replacement for my {t}|'
    'i want my money back for the {t}|refund for the {t} not received|when will i get the refund for my {t}|'
    'cancel my {t}|i want to cancel the {t} i ordered {w}|can i still cancel|how can i cancel my {t}|'
    'change the delivery address to {p}|can you deliver the {t} to {p}|do you deliver to {p}|'
    'do you ship {t} to {p}|how much is shipping to {p}|is shipping free for {t}|'
    'how long does delivery to {p} take|can i pay by {y}|do you accept {y}|is {y} available for {t}|'
    'can i pay for the {t} with {y}|my payment by {y} failed|i paid by {y} but the order is not confirmed|'
    'money was deducted {w} but no order|how much is the {t}|what is the price of the {t}|what does the {t} cost|'
    'is there a discount on {t}|any offers on {t}|do you have a coupon for {t}|'
    'my coupon does not work for the {t}|the price of the {t} dropped {w}|is the {t} in stock|'
    'when will the {t} be back in stock|do you sell {t}|do you have {t}|show me {t}|i am looking for {t}|'
    'which {t} is the best|recommend me some {t}|suggest a good {t} for me|'
    'what is the difference between the {t} and the {t2}|{t} or {t2}, which is better|is this {t} original|'
    'are your {t} genuine|does the {t} have side effects|how do i use the {t}|how to clean the {t}|'
    'how do i assemble the {t}|what size of {t} should i get|what sizes do you have|can i customize the {t}|'
    'what is the warranty on the {t}|is the {t} under warranty|can you repair my {t}|'
    'what is the trial period for the {t}|i need an invoice for the {t}|'
    'send me the invoice for what i bought {w}|can i get a vat receipt|i want to talk to a person|'
    'connect me to an agent|let me speak to someone about my {t}|what is your phone number|call me back {w}|'
    'are you open {w}|where is your store|is there a store near {p}|can i pick up the {t} myself|'
    'what are your opening hours|how do i become a distributor|i want to open a franchise in {p}|how do i log in|'
    'i forgot my password|i cannot log in to my account|delete my account|change my phone number|'
    'how do i use my points|my points are gone|refer a friend|is my data safe|please hurry up|'
    'it is urgent, i need the {t} {w}|i ordered {t} {w} and still nothing|i have been waiting for my {t} {w}|'
    'tracking says delivered but i have no {t}|the tracking has not moved {w}|who is the courier|'
    'the courier did not call|only part of my {t} arrived|i received {t} instead of {t2}|'
    'you sent {t} but i ordered {t2}|add {t} to my order|can i add {t2} to the order of {t}|'
    'i want two {t} instead of one|i want to order {t}|how do i place an order|buy {t}|can you gift wrap the {t}|'
    'is the {t} good for back pain|is the {t} suitable for children|do you have the {t} in black|'
    'what colours does the {t} come in|what is the {t} made of|can i wash the {t}|is the {t} heavy|'
    'how old is the {t}|expiry date of the {t}|can i pre-order the {t}|thanks for the {t}|the {t} is great|'
    'this {t} is terrible|i am not happy with my {t}|why was i charged twice for the {t}|'
    'there is a fee i do not know|i did not get the verification code|the app crashes when i pay|'
    'the website does not open|how do i leave a review for the {t}|bulk order of {t}|wholesale price for {t}|'
    'do you offer installation for the {t}|extended warranty for {t}|can i trade in my old {t}|can i rent a {t}|'
    'do you buy used {t}|what is {t}|tell me about {t}|{t}|{t} {t2}|{t} price|{t} delivery|{t} status|{t} {b}|'
    '{y}|{b} {t}|{p}'
).split('|')
OPENINGS = [''] * 10 + [
    'hi ', 'hello, ', 'hey ', 'please ', 'sorry, ', 'excuse me, ', 'can you tell me ', 'i want to know ', 'just a question: ',
    'good morning, ', 'ok so ', 'help! ', 'urgent: ', 'hi team, ', 'dear sir, ', 'could you check, ', 'one more thing, ', 'well ']
ENDINGS = [''] * 12 + [
    ' please', ' thanks', '?', '??', '!', '.', ' asap', ' pls', ' thank you', ' now', ' help me', ' anyone?', ' i need help']
BEGINNINGS = ['how do i ', 'can you ', 'i want to ', 'please ', 'i tried to ', 'why did it ', '']
COURTESIES = ['hi ', 'hello, ', 'hey ', 'please ', 'sorry, ', 'excuse me, ', 'can you tell me ', 'i want to know ', 'just a question: ',
              'good morning, ', 'ok so ', 'help! ', 'hi team, ', 'dear sir, ', 'one more thing, ', 'well ', 'hi there! ', 'hey guys, ', 'i have a question. ', 'yes ', 'ok ']
FAREWELLS = [' please', ' thanks', '?', '??', '!', '.', '...', ' pls', ' thank you', ' help me', ' can you help?', ' ?', ' plz',
             ' pls reply', ' anyone?']
SHORT = {
    'you': 'u', 'please': 'pls', 'your': 'ur', 'are': 'r', 'thanks': 'thx', 'because': 'cuz', 'want to': 'wanna', 'i am': 'im',
    'do not': 'dont', 'cannot': 'cant', 'what is': 'whats', 'where is': 'wheres', 'delivery': 'delivry',
    'received': 'recieved', 'receive': 'recieve', 'to': '2', 'for': '4', 'tomorrow': 'tmrw'}
SHORTER = SHORT | {
    'because': 'bcoz', 'number': 'no.', 'money': 'mony', 'account': 'acct', 'transaction': 'txn', 'payment': 'pymt', 'before': 'b4',
    'and': 'n', 'with': 'wid', 'that': 'dat', 'have': 'hav', 'not': 'nt', 'information': 'info', 'days': 'dys', 'product': 'prod',
    'products': 'prdcts', 'customer': 'cust', 'available': 'avail', 'does not': 'doesnt', 'did not': 'didnt',
    'how much': 'hw much', 'when will': 'wen will', 'why': 'y', 'is there': 'is thr', 'difference': 'diff', 'quality': 'qlty', 'discount': 'disc'}
SMALL = set('a an the is are do does did i my to of for on in it will be have has am this that there can you'.split())
BESIDE = dict(zip('abcdefghijklmnopqrstuvwxyz', 'sq vn xv sf wr dg fh gj uo hk jl k n bm ip o wa et ad ry yi cb qe zc tu x'.split()))


def cut_about(text, r):
    """Another text near it, which need not mean the same."""
    if r.random() < .25:
        text = text.lower()
    if r.random() < .25:
        text = text.rstrip('.?!')
    if r.random() < .12:
        whole, short = r.choice(list(SHORT.items()))
        text = re.sub(rf'\b{whole}\b', short, text)
    words = text.split()
    if len(words) > 2 and r.random() < .15:
        del words[r.randrange(len(words))]
    if len(words) > 2 and r.random() < .05:
        i = r.randrange(len(words) - 1)
        words[i], words[i + 1] = words[i + 1], words[i]
    if len(words) > 5 and r.random() < .12:
        count = r.randrange(3, len(words))
        i = r.randrange(len(words) - count + 1)
        words = words[i:i + count]
    text = ' '.join(words)
    if len(text) > 4 and r.random() < .2:
        i, how = r.randrange(1, len(text) - 1), r.random()
        if how < .35:
            text = text[:i] + text[i + 1:]
        elif how < .65:
            text = text[:i] + text[i + 1] + text[i] + text[i + 2:]
        elif how < .8:
            text = text[:i] + text[i] + text[i:]
        else:
            text = text[:i] + r.choice('abcdefghijklmnopqrstuvwxyz') + text[i + 1:]
    return text


def mistyped(word, r):
    if len(word) < 4 or not word.isalpha():
        return word
    i, how = r.randrange(1, len(word) - 1), r.random()
    if how < .3:
        return word[:i] + word[i + 1:]
    if how < .55:
        return word[:i] + word[i + 1] + word[i] + word[i + 2:]
    if how < .7:
        return word[:i] + word[i] + word[i:]
    if how < .9:
        return word[:i] + r.choice(BESIDE.get(word[i].lower(), 'e')) + word[i + 1:]
    plain = re.sub('(?<=.)[aeiou]', '', word)
    return plain if len(plain) > 2 else word


def in_a_hurry(text, r):
    """How a shopper may type it; nothing that means anything is left out."""
    if r.random() < .5:
        text = text.rstrip('.?! ')
    if r.random() < .35:
        for whole in r.sample(list(SHORTER), 6):
            text = re.sub(rf'\b{whole}\b', SHORTER[whole], text)
    words = text.split()
    if r.random() < .25:
        fewer = [word for word in words if word.lower() not in SMALL or r.random() < .6]
        words = fewer if len(fewer) >= 2 else words
    for _ in range(r.choice([0, 1, 1, 1, 2, 2, 3])):
        i = r.randrange(len(words))
        words[i] = mistyped(words[i], r)
    if len(words) > 2 and r.random() < .08:
        i = r.randrange(len(words) - 1)
        words[i:i + 2] = [words[i] + words[i + 1]]
    text = ' '.join(words)
    if r.random() < .2:
        text = r.choice(COURTESIES) + text
    if r.random() < .25:
        text = text.rstrip('.?!') + r.choice(FAREWELLS)
    return text


def asked(r, nouns):
    def thing():
        return r.choice(THINGS) if r.random() < .8 else r.choice(nouns)
    return r.choice(FRAMES).format(t=thing(), t2=thing(), w=r.choice(TIMES), p=r.choice(PLACES), y=r.choice(WAYS),
                                   b=r.choice(FAULTS))


def mixed(r, one, other):
    if r.random() < .3:
        return one + ' ' + other
    one, other = one.split(), other.split()
    i, j = r.randrange(1, len(one) + 1), r.randrange(len(other))
    return ' '.join(one[:i] + other[j:][:14])


def long(texts, seed, count):
    """Some texts one behind the other, as long as an answer of the FAQ or a paragraph."""
    r = random.Random(seed)
    return [' '.join(r.sample(texts, r.randrange(4, 16))) for _ in range(count)]


def texts(folder, seed=1):
    r = random.Random(seed)
    examples, definitions, nouns, verbs = wordnet(folder)
    out = left_out()
    bank, sof, cure, mine = ([text for text in dict.fromkeys(each) if bare(text) and bare(text) not in out]
                             for each in (*(split(name, nth)[0] for name, nth in SETS), own()))
    hint = sof + cure
    made = bank + hint + mine
    made += [cut_about(r.choice(bank), r) for _ in range(170000)]
    made += [mixed(r, r.choice(bank), r.choice(bank)) for _ in range(85000)]
    made += [cut_about(r.choice(hint), r) for _ in range(110000)]
    made += [cut_about(mixed(r, r.choice(hint), r.choice(hint + mine)), r) for _ in range(55000)]
    made += [cut_about(r.choice(mine), r) for _ in range(55000)]
    made += [cut_about(mixed(r, r.choice(mine), r.choice(bank + hint)), r) for _ in range(28000)]
    made += [cut_about(r.choice(OPENINGS) + asked(r, nouns) + r.choice(ENDINGS), r) for _ in range(220000)]
    made += r.sample(examples, min(33000, len(examples))) + r.sample(definitions, 17000)
    made += [r.choice(nouns) for _ in range(8000)]
    made += [r.choice(BEGINNINGS) + r.choice(verbs) + r.choice([' my ', ' the ', ' a ', ' ']) + r.choice(nouns)
             for _ in range(28000)]
    made += long([text for text in bank + hint + mine * 4 if ' ' in text] + r.sample(definitions + examples, 20000), seed, 9000)
    frames = [asked(r, nouns) for _ in range(40000)]
    for whole, count in ((bank, 12), (hint, 40), (mine, 25), (frames, 3)):
        made += [text + '\t' + in_a_hurry(text, r) for text in dict.fromkeys(whole) for _ in range(count)]
    made = list(dict.fromkeys(text for text in map(plain, made) if all(map(bare, text.split('\t')))
                              and out.isdisjoint(map(bare, text.split('\t')))))
    r.shuffle(made)
    return made


def plain(text):
    return '\t'.join(' '.join(each.split()) for each in text.split('\t'))


if __name__ == '__main__':
    for text in texts(sys.argv[1]):
        print(text)
