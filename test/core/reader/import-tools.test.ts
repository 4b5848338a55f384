import { readCells } from '../../../src/core/reader/import-cells.ts';
import { layOut, type StateReading } from '../../../src/core/reader/import-layout.ts';
import { createWordCount, settleLayout } from '../../../src/core/reader/import-survey.ts';

const now = new Date('2026-03-03T12:00:00Z');

/** Reads records as a whole file is read: laid out by the first of them, settled by all. */
function read(records: readonly string[], reading?: StateReading) {
  const cells = records.map((line) => line.split(line.includes(';') ? ';' : ','));
  const layout = layOut(cells, reading);
  const rows = cells.slice(layout.skips);
  const words = createWordCount(layout);
  for (const row of rows) words.add(row);
  const settled = settleLayout(layout, words.counts, 'trust');
  return { ...settled, rows: rows.map((row) => readCells(settled.layout, row, now)) };
}
const standings = (records: readonly string[]) =>
  read(records).rows.map((row) => ('fault' in row ? 'fault' : row.state));

const mailchimp =
  'Email Address,First Name,Address,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,GMTOFF,TIMEZONE,CC,LAST_CHANGED,LEID,EUID,NOTES,TAGS';
const buttondown =
  'id,email_address,notes,creation_date,type,tags,unsubscription_date,undeliverability_date';
const brevo =
  'CONTACT ID;EMAIL;LASTNAME;DOUBLE_OPT-IN;OPT_IN;EMAIL_BLACKLISTED;ADDED_TIME;MODIFIED_TIME';
const google =
  'Email address,Nickname,Group status,Email status,Email preference,Posting permissions,Join year,Join month,Join day,Join hour,Join minute,Join second,Time zone';

/** Each tool: its head, rows, and what becomes of them. */
const files: [string, string[], object[]][] = [
  [
    'Ghost',
    [
      'id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers,gift_id',
      '1,a@b.example,Ada,,true,false,,2023-04-01T09:00:00.000Z,,vip,,',
      '2,c@b.example,Cy,,false,false,,2023-04-02T09:00:00.000Z,,,,',
      '3,d@b.example,Dee,,true,false,,2023-04-02T09:00:00.000Z,2024-01-01T00:00:00.000Z,,,',
    ],
    [
      { address: 'a@b.example', joined_at: '2023-04-01T09:00:00.000Z' },
      { address: 'c@b.example', state: 'ended' },
      { address: 'd@b.example', state: 'ended' },
    ],
  ],
  [
    'Mailchimp',
    [
      mailchimp,
      'a@b.example,Ada,1 Main St,2,2023-02-12 18:06:58,,2023-04-21 11:16:57,,,Europe/Berlin,de,,1,x,,',
      'c@b.example,Cy,2 Main St,2,2023-02-12 18:06:58,,,,,Nowhere,us,,2,y,,',
    ],
    [
      {
        address: 'a@b.example',
        confirmed_at: '2023-04-21T11:16:57.000Z',
        zone: 'Europe/Berlin',
      },
      { address: 'c@b.example', confirmed_at: '2023-02-12T18:06:58.000Z' },
    ],
  ],
  [
    'Mailchimp',
    [
      'Emailadresse,Vorname,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,UNSUB_TIME,UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_CAMPAIGN_ID,UNSUB_REASON,LEID,EUID',
      'a@b.example,Ada,2,,2023-04-21 11:16:57,2024-01-01 10:00:00,1,x,1,x,1,2',
    ],
    [{ address: 'a@b.example', state: 'ended' }],
  ],
  [
    'Mailchimp',
    [
      'Adresse e-mail,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,LEID,EUID',
      'a@b.example,1,2018-02-05 19:28:23,2018-02-05 19:28:23,2020-03-23 17:30:05,x,1,2',
    ],
    [{ address: 'a@b.example', state: 'ended' }],
  ],
  [
    'Substack',
    [
      'email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at',
      'a@b.example,false,,other,false,2021-05-04T03:02:01.000Z,',
      'c@b.example,true,,yearly,true,2021-05-04T03:02:01.000Z,2021-05-05T03:02:01.000Z',
    ],
    [
      { address: 'a@b.example', joined_at: '2021-05-04T03:02:01.000Z' },
      { address: 'c@b.example', state: 'ended' },
    ],
  ],
  [
    'listmonk',
    [
      'uuid,email,name,attributes,status,created_at,updated_at',
      'u1,a@b.example,Ada,{},enabled,2024-05-01 09:30:00.123456 +0000 UTC,x',
      'u2,c@b.example,Cy,{},blocklisted,2024-05-01 09:30:00.123456 +0000 UTC,x',
      'u3,d@b.example,Dee,{},disabled,2024-05-01 11:30:00.123456 +0200 CEST,x',
    ],
    [
      { address: 'a@b.example', state: 'active', joined_at: '2024-05-01T09:30:00.000Z' },
      { address: 'c@b.example', state: 'ended' },
      { address: 'd@b.example', state: 'ended', joined_at: '2024-05-01T09:30:00.000Z' },
    ],
  ],
  [
    'Buttondown',
    [
      buttondown,
      '1,a@b.example,,2022-01-02T03:04:05.678901Z,regular,,,',
      ...['unsubscribed', 'complained', 'undeliverable', 'blocked', 'removed'].map(
        (type, at) => `${at},${type}@b.example,,2022-01-02T03:04:05Z,${type},,,`,
      ),
      '7,late@b.example,,2022-01-02T03:04:05Z,premium,,2023-01-01T00:00:00Z,',
      '8,new@b.example,,2022-01-02T03:04:05Z,unactivated,,,',
    ],
    [
      { address: 'a@b.example', state: 'active', joined_at: '2022-01-02T03:04:05.000Z' },
      ...Array(6).fill({ state: 'ended' }),
      { address: 'new@b.example', state: 'pending' },
    ],
  ],
  [
    'beehiiv',
    [
      'email,First Name,status,tier,created_at,stripe_customer_id,Free Tier,Premium Tier,unsubscribed_at',
      'a@b.example,Ada,active,free,2023-03-24 10:23:10 UTC,,Yes,No,',
      'c@b.example,Cy,inactive,free,2023-03-24 10:23:10 UTC,,Yes,No,',
      'd@b.example,Dee,pending,free,2023-03-24 10:23:10 UTC,,Yes,No,',
      'e@b.example,Eve,active,premium,2023-03-24 10:23:10 UTC,,No,Yes,2024-03-13 11:33:53 UTC',
    ],
    [
      { address: 'a@b.example', state: 'active', joined_at: '2023-03-24T10:23:10.000Z' },
      { state: 'ended' },
      { state: 'pending' },
      { state: 'ended' },
    ],
  ],
  [
    'Kit',
    [
      'first_name,email_address,state,created_at,tags',
      'Ada,a@b.example,active,2025-03-03,creators',
      ...['cancelled', 'bounced', 'complained'].map(
        (state) => `X,${state}@b.example,${state},2025-03-03,`,
      ),
      'New,new@b.example,inactive,2025-03-03,',
    ],
    [
      { address: 'a@b.example', state: 'active', joined_at: '2025-03-03T00:00:00.000Z' },
      ...Array(3).fill({ state: 'ended' }),
      { state: 'pending' },
    ],
  ],
  [
    'Brevo',
    [
      brevo,
      '1;a@b.example;L;Yes;Yes;No;12-04-2022 09:30;12-04-2022 09:30',
      '2;c@b.example;L;Yes;Yes;Yes;12-04-2022 09:30;',
      '3;d@b.example;L;;No;No;12-04-2022 09:30;',
    ],
    [
      { address: 'a@b.example', joined_at: '2022-04-12T09:30:00.000Z' },
      { state: 'ended' },
      { state: 'pending' },
    ],
  ],
  ['MailerLite', ['Subscriber,Name,Last name', 'a@b.example,Ada,L'], [{ address: 'a@b.example' }]],
  [
    'MailerLite',
    [
      'email,name,status,subscribed_at,unsubscribed_at,opted_in_at,optin_ip',
      'a@b.example,Ada,active,2021-01-02 03:04:05,,2021-01-02 03:05:06,::1',
      'c@b.example,Cy,unconfirmed,2021-01-02 03:04:05,,,',
      'd@b.example,Dee,junk,2021-01-02 03:04:05,,2021-01-02 03:05:06,::1',
    ],
    [
      { state: 'active', confirmed_at: '2021-01-02T03:05:06.000Z' },
      { state: 'pending' },
      { state: 'ended' },
    ],
  ],
  [
    'phpList',
    [
      'id;email;Is this user confirmed ?;Is this user blacklisted ?;Number of bounces;Entered',
      '1;a@b.example;1;0;0;2019-08-07 06:05:04',
      '2;c@b.example;1;1;0;2019-08-07 06:05:04',
      '3;d@b.example;0;0;0;0000-00-00 00:00:00',
    ],
    [
      { address: 'a@b.example', joined_at: '2019-08-07T06:05:04.000Z' },
      { state: 'ended' },
      { state: 'pending' },
    ],
  ],
  [
    'Constant Contact',
    [
      'Email address,First name,Email status,Email permission status,Email Lists,State - Home,Created At',
      'a@b.example,Ada,Active,Express,News,CA,2020-01-02 03:04:05',
      'c@b.example,Cy,Unsubscribed,Unsubscribed,News,CA,2020-01-02',
      'd@b.example,Dee,Active,Pending confirmation,News,CA,2020-01-02',
    ],
    [{ state: 'active' }, { state: 'ended' }, { state: 'pending' }],
  ],
  [
    'Google Groups',
    [
      'Members for group Owls and bats,,,,,,,,,,,,',
      google,
      'a@b.example,Ada,member,,email,allowed,2018,4,10,18,54,7,Mountain Daylight Time',
      'c@b.example,Cy,member,bouncing,email,allowed,2018,4,10,18,54,7,x',
      'd@b.example,Dee,member,,no email,allowed,2018,4,10,18,54,7,x',
      'e@b.example,Eve,banned,,email,allowed,2018,4,10,18,54,7,x',
      'f@b.example,Fay,invited,,email,allowed,2018,4,10,18,54,7,x',
    ],
    [
      { address: 'a@b.example', state: 'active', joined_at: '2018-04-10T18:54:07.000Z' },
      ...Array(3).fill({ state: 'ended' }),
      { state: 'pending' },
    ],
  ],
  [
    'Mailman 2',
    [
      'Address,Name,mod,hide,nomail,ack,digest',
      'a@b.example,Ada,0,0,0,0,0',
      'c@b.example,C,0,0,[B],0,0',
    ],
    [{ address: 'a@b.example' }, { state: 'ended' }],
  ],
  [
    'Mailman and Postorius',
    ['a@b.example', 'Ada L. <c@b.example>'],
    [{ address: 'a@b.example' }, { address: 'c@b.example' }],
  ],
  [
    'Sendy',
    ['Ada,a@b.example', ',c@b.example'],
    [{ address: 'a@b.example' }, { address: 'c@b.example' }],
  ],
  [
    'Sendy',
    ['Ada,a@b.example,unsubscribed', 'Cy,c@b.example,subscribed'],
    [{ state: 'ended' }, { state: 'active' }],
  ],
  [
    'Outlook',
    [
      'First Name,Last Name,Business State,E-mail Address,E-mail Type,E-mail Display Name',
      'Ada,L,CA,a@b.example,SMTP,Ada L',
    ],
    [{ address: 'a@b.example' }],
  ],
  [
    'Paperround',
    [
      'address,state,confirmed_at,fields,topics,cross_lists,zone',
      'a@b.example,active,2024-05-07T06:00:00.000Z,language,owls,yes,Europe/Berlin',
      'c@b.example,ended,2024-05-07T06:00:00.000Z,,,yes,Etc/UTC',
    ],
    [
      { state: 'active', topics: 'owls', zone: 'Europe/Berlin', fields: 'language' },
      { state: 'ended' },
    ],
  ],
];

describe('the export of another tool', () => {
  it.each(files)('is known and read: %s', (name, records, expected) => {
    const { layout, fault, rows } = read(records);
    expect([layout.name, fault]).toEqual([name, null]);
    expect(rows).toMatchObject(expected);
    const quiet = rows.filter((row, at) => !('state' in row) && 'state' in (expected[at] ?? {}));
    expect(quiet).toEqual([]);
  });

  it('says by what it is known', () => {
    expect(read([mailchimp]).layout.by).toBe('it has the columns MEMBER_RATING, OPTIN_TIME');
    expect(read(['email,x', 'a@b.example,y']).layout.name).toBeNull();
  });
});

describe('a file that nobody knows', () => {
  it('has its words of state understood, the one that forbids the most first', () => {
    expect(
      standings([
        'E-Mail,Status,Unsubscribed At,Deleted',
        'a@b.example,Subscribed,,no',
        'b@b.example,Cleaned,,',
        'c@b.example,subscribed,2020-01-01,',
        'd@b.example,subscribed,,yes',
        'e@b.example,Unconfirmed,0000-00-00 00:00:00,',
        'f@b.example,blue,,',
        'g@b.example,blue,2020-01-01,',
      ]),
    ).toEqual(['active', 'ended', 'ended', 'ended', 'pending', 'fault', 'ended']);
  });

  it('reads yes and no as Excel writes them anywhere, and takes nobody by another word', () => {
    expect(
      standings([
        'email,subscribed_to_emails',
        'a@b.example,WAHR',
        'b@b.example,FALSCH',
        'c@b.example,2021-01-02',
        'd@b.example,unsubscribed',
        'e@b.example,Newsletter A',
      ]),
    ).toEqual([undefined, 'ended', undefined, 'ended', 'fault']);
    expect(standings(['EMAIL;EMAIL_BLACKLISTED', 'a@b.example;FAUX', 'b@b.example;VRAI'])).toEqual([
      undefined,
      'ended',
    ]);
    expect(
      standings([
        'email,confirmed',
        'a@b.example,Nein',
        'b@b.example,unconfirmed',
        'c@b.example,::1',
      ]),
    ).toEqual(['pending', 'pending', undefined]);
  });

  it('reads members with their names behind them', () => {
    expect(read(['a@b.example Ada L.', 'c@b.example (Cy)', 'd@b.example']).rows).toEqual([
      { address: 'a@b.example' },
      { address: 'c@b.example' },
      { address: 'd@b.example' },
    ]);
  });

  it.each([
    ['German', 'E-Mail;Abgemeldet am;Status', ['2024-01-01;aktiv', ';aktiv', ';abgemeldet']],
    ['French', 'Courriel;Désabonné le;Statut', ['2024-01-01;abonné', ';Abonné', ';désinscrit']],
    ['Spanish', 'Correo electrónico;Estado;x', ['dado de baja;', 'activo;', 'baja;']],
    ['Italian', 'Indirizzo email;Stato;x', ['disiscritto;', 'Iscritto;', 'cancellato;']],
    ['Dutch', 'E-mailadres;Uitgeschreven op;Status', ['2024-01-01;', ';actief', ';uitgeschreven']],
    ['camel', 'emailAddress;unsubscribedAt;contactStatus', ['2024;', ';Active', ';hardBounced']],
    ['squeezed', 'emailaddress;optedout;createdat', ['yes;', 'no;', '1;']],
    ['Mautic', 'email;do_not_contact;date_added', ['1;', '0;', '1;']],
    [
      'Klaviyo',
      'Email;Email Marketing Consent;Email Suppressions',
      ['UNSUBSCRIBED;[]', 'SUBSCRIBED;[]', 'SUBSCRIBED;HARD_BOUNCE'],
    ],
    [
      'HubSpot',
      'Email,Unsubscribed from all email,Email hard bounce reason',
      ['true,', ',', ',Policy'],
    ],
    ['AWeber', 'Email,Stop Time,Stop Status', ['2021-01-02,Unsubscribed', ',', ',Undeliverable']],
    ['Campaign Monitor', 'Email Address,Date,State', ['x,Unsubscribed', 'x,Active', 'x,Bounced']],
    [
      'MailPoet',
      'Email,Global status,List status',
      ['subscribed,unsubscribed', 'subscribed,subscribed', 'bounced,subscribed'],
    ],
  ])('has who left refused where the tool is not known: %s', (_tool, head, rows) => {
    const [first, second, third] = standings([
      head,
      ...rows.map((cells, at) => `${'abc'[at]}@b.example${head.includes(';') ? ';' : ','}${cells}`),
    ]);
    expect([first, second === 'active' ? undefined : second, third]).toEqual([
      'ended',
      undefined,
      'ended',
    ]);
  });

  it.each([
    ['email,State', 'a@b.example,CA', 'c@b.example,NY'],
    ['email,State,City', 'a@b.example,California,Fresno', 'c@b.example,Bayern,Hof'],
  ])('takes no place for a state: %s', (...records) => {
    const { fault, rows } = read(records);
    expect(fault).toBeNull();
    expect(rows).toEqual([{ address: 'a@b.example' }, { address: 'c@b.example' }]);
  });

  it('asks what a column means whose words nobody knows, until somebody says so', () => {
    const records = ['email,Status', 'a@b.example,A', 'c@b.example,Z', 'd@b.example,removed'];
    const unread = records.slice(0, 3);
    expect(read(unread).fault).toContain('"Status" seems to say who is subscribed');
    expect(read(unread).fault).toContain('"A" (1), "Z" (1)');
    expect(read(unread, { column: 'none', active: [] })).toMatchObject({
      fault: null,
      rows: [{ address: 'a@b.example' }, { address: 'c@b.example' }],
    });
    expect(read(records, { column: 'status', active: ['a'] })).toMatchObject({
      fault: null,
      rows: [{ state: 'active' }, { fault: expect.stringContaining('"Z"') }, { state: 'ended' }],
    });
    expect(() => read(records, { column: 'Kind', active: ['a'] })).toThrow('no column "Kind"');
  });

  it('prefers what names the mail, and minds doubled columns only where it reads them', () => {
    const lines = ['Address,Phone,Phone,Email', '1 Main St,1,2,a@b.example'];
    expect(read(lines).rows).toEqual([{ address: 'a@b.example' }]);
    expect(() => read(['email,topics,Email', 'a@b.example,x,y'])).toThrow('"email" is there twice');
    expect(() => read(['email,topics,topics', 'a@b.example,x,y'])).toThrow(
      '"topics" is there twice',
    );
  });

  it('finds the addresses where no name tells of them, or says what it found', () => {
    expect(read(['who,where', 'Ada,a@b.example', 'Cy,c@b.example']).rows).toEqual([
      { address: 'a@b.example' },
      { address: 'c@b.example' },
    ]);
    expect(() => read(['name,mail2', 'a,b'])).toThrow(
      'The first line must name the columns, "address" among them. It has: name, mail2',
    );
  });
});
