import type { ChannelPage, ChannelsPage } from './channel-pages.ts';
import type { DeliveriesPage, DeliveryPage, PressPage, ResendPage } from './delivery-pages.ts';
import type { DeskEditionPage, DraftPage, EditionsPage } from './edition-pages.ts';
import type { FeedPage, FeedsPage } from './feed-pages.ts';
import type {
  DeskAnnouncementFormPage,
  DeskAnnouncementPage,
  DeskAnnouncementsPage,
  InboxPage,
  ProposalsDeskPage,
} from './letter-pages.ts';
import type { AuditPage, SettingsPage, TemplatesPage } from './settings-pages.ts';
import type { FactorPage, SessionsPage, SignInPage } from './sign-in-pages.ts';
import type {
  DeskWishesPage,
  ImportFilePage,
  ImportPage,
  SubscriberPage,
  SubscribersPage,
  SuppressionsPage,
} from './subscriber-pages.ts';
import type { TodayPage } from './today-pages.ts';
import type { WebhookPage, WebhooksPage } from './webhook-pages.ts';

/** Each page of the desk by the name of its template. */
export interface DeskPageViews {
  'desk/sign-in': SignInPage;
  'desk/sessions': SessionsPage;
  'desk/factor': FactorPage;
  'desk/today': TodayPage;
  'desk/editions': EditionsPage;
  'desk/edition': DeskEditionPage;
  'desk/draft': DraftPage;
  'desk/deliveries': DeliveriesPage;
  'desk/delivery': DeliveryPage;
  'desk/resend': ResendPage;
  'desk/press': PressPage;
  'desk/feeds': FeedsPage;
  'desk/feed': FeedPage;
  'desk/settings': SettingsPage;
  'desk/templates': TemplatesPage;
  'desk/audit': AuditPage;
  'desk/import': ImportPage;
  'desk/import-file': ImportFilePage;
  'desk/inbox': InboxPage;
  'desk/announcements': DeskAnnouncementsPage;
  'desk/announcement-form': DeskAnnouncementFormPage;
  'desk/announcement': DeskAnnouncementPage;
  'desk/suppressions': SuppressionsPage;
  'desk/proposals': ProposalsDeskPage;
  'desk/channels': ChannelsPage;
  'desk/channel': ChannelPage;
  'desk/webhooks': WebhooksPage;
  'desk/webhook': WebhookPage;
  'desk/subscribers': SubscribersPage;
  'desk/subscriber': SubscriberPage;
  'desk/wishes': DeskWishesPage;
}
