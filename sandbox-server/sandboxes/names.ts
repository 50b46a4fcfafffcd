// How a new sandbox gets a name that a person can read aloud: a plant and a bird, for example `maple-heron`.
import { randomInt } from 'node:crypto';

const plants =
  'acacia alder almond amber apple arnica ash aspen aster bamboo banyan basil bay beech birch bracken briar bramble cactus camellia caraway cedar cherry chestnut clover cornel cypress dahlia daisy elder elm fennel fern fig fir flax foxglove garlic gentian ginger ginkgo gorse hawthorn hazel heather hemlock hemp holly hops hornbeam iris ivy jasmine juniper kelp larch laurel lavender lemon lilac lily lime linden lotus lupin magnolia mallow maple marigold meadow mint moss mulberry myrtle nettle nutmeg oak olive orchid palm peach pear pepper pine plum poplar poppy quince reed rose rowan rush saffron sage sorrel spruce sumac sycamore teak thistle thyme tulip vanilla violet walnut willow yarrow yew'.split(
    ' ',
  );

const birds =
  'albatross auk avocet bittern blackbird bluebird bullfinch bunting buzzard canary chaffinch condor coot cormorant crane crossbill crow cuckoo curlew dipper dotterel dove duck dunlin dunnock eagle egret eider falcon fieldfare finch firecrest flamingo fulmar gannet godwit goldcrest goose goshawk grebe greenfinch grouse guillemot gull harrier hawk heron hobby hoopoe ibis jackdaw jay kestrel kingfisher kite kittiwake lapwing lark linnet macaw magpie martin merlin moorhen nightjar nuthatch oriole osprey ostrich owl parrot partridge peacock pelican penguin petrel pheasant pigeon pipit plover pochard puffin quail rail raven redpoll redstart robin rook sandpiper shelduck shrike siskin skua snipe sparrow starling stork swallow swan swift teal tern thrush toucan wagtail warbler waxwing wheatear wigeon wren'.split(
    ' ',
  );

/** Names that no learner gets: the organization that is always there. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set(['demo']);

/** What a sandbox can be called: lower-case words and a number, joined by hyphens. */
export const SANDBOX_NAME = /^[a-z]+(-[a-z0-9]+)*$/;

const pick = (words: readonly string[]): string => words[randomInt(words.length)] ?? '';

/** A name for which `taken` is false. After a few misses a number is added, so that it ends however full the lab is. */
export function nameSandbox(taken: (name: string) => boolean): string {
  for (let attempt = 0; ; attempt += 1) {
    const words = `${pick(plants)}-${pick(birds)}`;
    const name = attempt < 20 ? words : `${words}-${randomInt(2, 10 ** Math.min(attempt - 18, 9))}`;
    if (!taken(name) && !RESERVED_NAMES.has(name)) return name;
  }
}
